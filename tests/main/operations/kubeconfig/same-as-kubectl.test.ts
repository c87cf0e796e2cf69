import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseKubeconfig } from '../../../../main/kubeconfig/kubeconfig.ts';
import { mergeIntoText } from '../../../../main/kubeconfig/preview.ts';
import { summarizeKubeconfig } from '../../../../main/kubeconfig/summary.ts';
import { systemClock } from '../../../../main/lib/clock.ts';
import { KubeconfigFiles } from '../../../../main/operations/kubeconfig/kubeconfig-files.ts';
import { seeded } from '../../../../scripts/seeded-random.ts';
import { kubeconfigState } from '../../../../main/operations/kubeconfig/state.ts';
import type { KubeconfigState } from '../../../../preload/contract/index.ts';
import { hasKubectl, kubectl } from '../../../fakes/kubectl.ts';

/** `SEED` and `LISTS` set others: LISTS=500 takes some minutes. */
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const LISTS = Number(process.env['LISTS'] ?? 60);
const AT_ONCE = 4;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-same-as-kubectl-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, texts: readonly string[]): Promise<readonly string[]> {
  const paths = texts.map((_text, i) => join(folder, `${name}-${i}`));
  await Promise.all(paths.map((path, i) => writeFile(path, texts[i] ?? '', { mode: 0o600 })));
  return paths;
}

async function shown(paths: readonly string[]): Promise<KubeconfigState> {
  const texts = {
    summarizeKubeconfig: (text: string, file: string) => Promise.resolve(summarizeKubeconfig(text, file)),
  };
  const files = new KubeconfigFiles(() => ({ paths, origin: 'env' }), texts as never, systemClock);
  const known = await files.read();
  return kubeconfigState({ known, talos: [], memory: [], problems: new Map(), lastChange: undefined, nowMs: 0 });
}

interface View {
  readonly clusters: readonly { name: string; cluster: { server: string } }[] | null;
  readonly users: readonly { name: string; user: Record<string, unknown> }[] | null;
  readonly contexts: readonly { name: string; context: { cluster: string; user: string; namespace?: string } }[] | null;
  readonly 'current-context': string;
}

/** Undefined when kubectl refuses the files. */
async function view(paths: readonly string[]): Promise<View | undefined> {
  try {
    return JSON.parse(await kubectl(paths.join(delimiter), 'config', 'view', '--raw', '-o', 'json')) as View;
  } catch {
    return undefined;
  }
}

const signInOf = (user: Record<string, unknown> | undefined): string => {
  if (!user) return 'missing';
  if (user['token'] !== undefined) return 'token';
  if (user['client-certificate-data'] !== undefined) return 'certificate';
  return user['username'] === undefined ? 'none' : 'basic';
};

/** What kubectl uses, entry by entry, in one order. */
function ofKubectl({ clusters, users, contexts, ...rest }: View): unknown {
  const names = new Set((contexts ?? []).map(({ name }) => name));
  const current = rest['current-context'];
  return {
    current: names.has(current) ? current : '',
    contexts: (contexts ?? [])
      .map(({ name, context }) => ({
        name,
        cluster: context.cluster,
        user: context.user,
        namespace: context.namespace ?? '',
        server: (clusters ?? []).find((one) => one.name === context.cluster)?.cluster.server ?? '',
        signIn: signInOf((users ?? []).find((one) => one.name === context.user)?.user),
        isCurrent: name === current,
      }))
      .sort(byName),
  };
}

function ofMinos({ contexts, currentContext }: KubeconfigState): unknown {
  return {
    current: currentContext,
    contexts: contexts
      .filter(({ shadowedBy }) => shadowedBy === undefined)
      .map(({ name, cluster, user, namespace, server, signIn, isCurrent }) => ({
        name,
        cluster,
        user,
        namespace,
        server,
        signIn,
        isCurrent,
      }))
      .sort(byName),
  };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);

const NAMES = ['a', 'b', 'kubernetes', 'kubernetes-admin', 'x: y', '010', '__proto__'];
const DATA = ['YWJj', 'YWI=', 'YW\\nJj', 'YWJ=', '', 'a$b=', 'YWI', 'YW Jj', '-_-_', 'YWJjZ==='];

/** What people leave unquoted, and other YAML that kubectl may take for no text. */
const ODD = [
  '1', 'yes', 'off', 'y', 'No', '~', 'null', 'nULL', '0x1F', '0o17', '089', '1_000', '1e3', '.5', '1.', '-1', '+1', '12:30:45',
  '2001-01-01', '.inf', '.nan', '1e400', '0xffffffffffffffffffff', '18446744073709551616', '0b101', '=', '[]', '{}', '[a]',
  '{a: b}', '!!str 1', '!!int "1"', '!!int abc', '!!bool yes', '!!float 1', '!foo 1', '!!binary "%%"', '[1, 2]', '[256]', '[~]',
  'true', 'TRUE', 'tRue', '"yes"', "'1'", '_1', '1__0', '.e', '._5', '0', '00', '-0b1', '+.inf', '-.INF', '"a\\nb"',
]; // prettier-ignore

/** Paths of fields that kubectl reads, and some that it ignores. */
const FIELDS = [
  'kind', 'apiVersion', 'preferences', 'current-context', 'clusters', 'users', 'contexts', 'extensions', 'unknown', 'Users',
  'preferences.colors', 'extensions.0.name', 'extensions.0.extension', 'clusters.0', 'clusters.0.name', 'clusters.0.cluster',
  'clusters.0.cluster.server', 'clusters.0.cluster.insecure-skip-tls-verify', 'clusters.0.cluster.proxy-url',
  'clusters.0.cluster.tls-server-name', 'clusters.0.cluster.disable-compression', 'clusters.0.cluster.certificate-authority',
  'clusters.0.cluster.certificate-authority-data', 'clusters.0.cluster.Server', 'clusters.0.cluster.extensions.0.name',
  'contexts.0.name', 'contexts.0.context', 'contexts.0.context.cluster', 'contexts.0.context.user',
  'contexts.0.context.namespace', 'users.0.name', 'users.0.user', 'users.0.user.token', 'users.0.user.tokenFile',
  'users.0.user.as', 'users.0.user.as-uid', 'users.0.user.as-groups', 'users.0.user.as-groups.0',
  'users.0.user.as-user-extra', 'users.0.user.as-user-extra.a', 'users.0.user.as-user-extra.a.0', 'users.0.user.username',
  'users.0.user.password', 'users.0.user.client-key', 'users.0.user.client-key-data', 'users.0.user.client-certificate-data',
  'users.0.user.auth-provider', 'users.0.user.auth-provider.name', 'users.0.user.auth-provider.config',
  'users.0.user.auth-provider.config.a', 'users.0.user.exec', 'users.0.user.exec.command', 'users.0.user.exec.args',
  'users.0.user.exec.args.0', 'users.0.user.exec.env', 'users.0.user.exec.env.0', 'users.0.user.exec.env.0.name',
  'users.0.user.exec.env.0.value', 'users.0.user.exec.apiVersion', 'users.0.user.exec.provideClusterInfo',
  'users.0.user.exec.interactiveMode', 'users.0.user.exec.installHint', 'users.0.user.exec.unknown',
]; // prettier-ignore

/** One field with an odd value, in a file of its own; now and then the field twice, or a name that is none. */
function oddText(random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const value = pick(ODD);
  const parts = pick(FIELDS).split('.');
  let text = value;
  for (const [depth, part] of [...parts].reverse().entries()) {
    const named = depth > 0 && parts.at(-depth - 1) === '0' ? 'name: n, ' : '';
    if (part === '0') text = text.startsWith('{') ? `[{${named}${text.slice(1)}]` : `[${text}]`;
    else if (random() < 0.05)
      text = `{${pick(['1', 'x', '"a b"', 'yes', '~', 'null', '2001-01-01'])}: b, ${part}: ${text}}`;
    else if (random() < 0.08) text = `{${part}: ${pick(ODD)}, ${part}: ${text}}`;
    else text = `{${part}: ${text}}`;
  }
  return `${text}\n`;
}

/** A file somebody may have; now and then with what kubectl refuses, merge keys, or a current context that is nowhere. */
function randomText(random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const some = (): string[] => NAMES.filter(() => random() < 0.35);
  const text = JSON.stringify;
  const data = (): string => text(random() < 0.93 ? pick(DATA.slice(0, 5)) : pick(DATA)).replaceAll('\\\\n', '\\n');
  const user = (): string =>
    pick([`token: ${text(`t${random()}`)}`, `username: u, password: p`, `client-certificate-data: ${data()}`, '']);
  const merge = random() < 0.3 ? pick(['<<: *c, ', '<<: [*d, *c], ']) : '';
  const lines = [
    `x-c: &c {cluster: ${text(pick(NAMES))}, user: ${text(pick(NAMES))}}`,
    `x-d: &d {namespace: ${text('merged')}, user: ${text(pick(NAMES))}}`,
    'clusters:',
    ...some().map((name) => `- {name: ${text(name)}, cluster: {server: "https://${Math.floor(random() * 99)}"}}`),
    'users:',
    ...some().map((name) => `- {name: ${text(name)}, user: {${user()}}}`),
    'contexts:',
    ...some().map(
      (name) =>
        `- {name: ${text(name)}, context: {${pick([merge, ''])}${pick([`cluster: ${text(pick(NAMES))}, `, ''])}user: ${text(pick(NAMES))}}}`,
    ),
    random() < 0.6 ? `current-context: ${text(pick([...NAMES, 'gone']))}` : '',
  ];
  if (random() < 0.03) lines.push(pick(['users: [', 'users: {a: b}', '- a', 'a: *nowhere']));
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}

describe.skipIf(!hasKubectl)('the list of kubeconfig contexts is what kubectl sees', () => {
  test(`in ${LISTS} generated lists of files (seed ${SEED})`, { timeout: LISTS * 3_000 }, async () => {
    console.log(`SEED=${SEED} LISTS=${LISTS}`);
    let refused = 0;
    const compare = async (i: number): Promise<void> => {
      const random = seeded(SEED + i);
      const texts =
        random() < 0.5
          ? [oddText(random)]
          : Array.from({ length: 1 + Math.floor(random() * 3) }, () => randomText(random));
      const paths = await write(`list-${i}`, texts);
      const [minos, said] = await Promise.all([shown(paths), view(paths)]);
      const about = `list ${i} of seed ${SEED}:\n${texts.join('\n--- next file\n')}`;
      const isRefused = minos.files.some(({ failure }) => failure !== undefined);
      expect(isRefused, about).toBe(said === undefined);
      if (said) expect(ofMinos(minos), about).toEqual(ofKubectl(said));
      else refused++;
    };
    for (let at = 0; at < LISTS; at += AT_ONCE)
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, LISTS - at) }, (_, n) => compare(at + n)));
    console.log(`${refused} lists refused by both`);
  });
});

const cluster = (name: string, server: string): string =>
  `clusters:\n- {name: ${name}, cluster: {server: "${server}"}}\n`;

describe('what is wrong in a list of files is said', () => {
  test('a context of a later file goes where the first file says, and the name that two have is named', async () => {
    const context = (name: string): string =>
      `contexts:\n- {name: ${name}, context: {cluster: kubernetes, user: kubernetes-admin}}\n`;
    const user = (token: string): string => `users:\n- {name: kubernetes-admin, user: {${token}}}\n`;
    const paths = await write('two', [
      cluster('kubernetes', 'https://10.1.0.1:6443') + user('username: u') + context('first'),
      cluster('kubernetes', 'https://10.2.0.1:6443') + user('token: abc') + context('second'),
    ]);
    const { contexts, files } = await shown(paths);

    expect(contexts.find(({ name }) => name === 'second')).toMatchObject({
      server: 'https://10.1.0.1:6443',
      signIn: 'basic',
    });
    expect(files.map(({ problems }) => problems.map(({ message }) => message))).toEqual([
      [],
      [
        expect.stringContaining(`kubectl takes the cluster kubernetes from ${paths[0]!}`),
        expect.stringContaining(`kubectl takes the user kubernetes-admin from ${paths[0]!}`),
      ],
    ]);
  });

  test('a current context that names nothing counts as none and is said', async () => {
    const { currentContext, files } = await shown(await write('gone', ['current-context: kind-gone\n']));

    expect(currentContext).toBe('');
    expect(files[0]?.problems[0]?.message).toContain('The current context kind-gone names no context');
  });

  test('and a merge replaces it, also where it was not asked to', () => {
    const incoming = `${cluster('c', 'https://c')}users:\n- {name: u, user: {token: t}}\ncontexts:\n- {name: new, context: {cluster: c, user: u}}\n`;
    const merge = (text: string) =>
      mergeIntoText(text, [{ incoming, rules: { kind: 'minos', options: { choice: 'refresh', setCurrent: false } } }]);

    const merged = merge('current-context: kind-gone\n');
    expect(parseKubeconfig(merged.text).currentContext).toBe('new');
    expect(merged.notes.map(({ message }) => message)).toEqual([expect.stringContaining('it becomes new')]);
    const other = 'contexts:\n- {name: other, context: {}}\ncurrent-context: other\n';
    expect(parseKubeconfig(merge(other).text).currentContext).toBe('other');
  });

  test.each([
    ['clusters', 'cluster', 'certificate-authority-data', 'a$b='],
    ['users', 'user', 'client-key-data', 'YWI'],
    ['users', 'user', 'client-certificate-data', '"1234 "'],
  ])('%s: a %s whose %s is no base64 is refused at its line', async (section, field, data, value) => {
    const text = `${section}:\n- name: a\n  ${field}:\n    x: y\n    ${data}: ${value}\n`;
    const { files } = await shown(await write('broken', [text]));

    expect(files[0]?.failure).toMatchObject({ code: 'file-invalid', where: { line: 5 } });
    expect(files[0]?.failure?.message).toContain(`${data} is no base64; kubectl refuses such a file.`);
  });

  test.each([
    ['- name: 007', 'name is a number as it is written; it must be text, in quotes'],
    ['- name: yes', 'name is a boolean as it is written; it must be text, in quotes'],
    ['- {name: a, user: {token: 1e3}}', 'token is a number as it is written'],
    ['- {name: a, user: {exec: {args: [--ttl, 60]}}}', 'an entry of args is a number as it is written'],
    ['- {name: a, user: {exec: {provideClusterInfo: "yes"}}}', 'provideClusterInfo is text as it is written'],
    ['- {name: a, user: []}', 'user must be a mapping'],
    ['- {name: [a]}', 'name must be text'],
    ['- {name: a, unknown: .inf}', 'infinity'],
    ['- {name: a, null: b}', 'a name is empty or null'],
  ])('users with %s are refused at their line, as by kubectl', async (entry, why) => {
    const { files } = await shown(await write('typed', [`kind: Config\nusers:\n${entry}\n`]));

    expect(files[0]?.failure).toMatchObject({ code: 'file-invalid', where: { line: 3 } });
    expect(files[0]?.failure?.message).toContain(why);
    expect(files[0]?.failure?.message).toContain('kubectl refuses such a file.');
  });

  test('a document of another kind is refused', async () => {
    const { files } = await shown(await write('kind', ['apiVersion: v1\nkind: Secret\n']));

    expect(files[0]?.failure).toMatchObject({ code: 'file-invalid', where: { line: 2 } });
  });

  test('a name that appears twice in one mapping counts as kubectl counts it, and the file is not edited', async () => {
    const text = 'contexts:\n- name: a\n  name: b\n  context: {user: u, user: w}\n';
    const { contexts, files } = await shown(await write('twice', [text]));

    expect(contexts).toMatchObject([{ name: 'b', user: 'w' }]);
    expect(files[0]?.problems[0]?.message).toContain('Line 3: a name appears twice in one mapping.');
    expect(() => mergeIntoText(text, [])).toThrow('a name appears twice');
  });
});
