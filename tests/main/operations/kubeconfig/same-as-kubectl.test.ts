import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseKubeconfig } from '../../../../main/config/kubeconfig/kubeconfig.ts';
import { mergeIntoText } from '../../../../main/config/kubeconfig/preview.ts';
import { summarizeKubeconfig } from '../../../../main/config/kubeconfig/summary.ts';
import { systemClock } from '../../../../main/lib/clock.ts';
import { KubeconfigFiles } from '../../../../main/operations/kubeconfig/kubeconfig-files.ts';
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

/** Mulberry32: the same seed gives the same lists. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const NAMES = ['a', 'b', 'kubernetes', 'kubernetes-admin', 'x: y', '010', '__proto__'];
const DATA = ['YWJj', 'YWI=', 'YW\\nJj', 'YWJ=', '', 'a$b=', 'YWI', 'YW Jj', '-_-_', 'YWJjZ==='];

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
      const random = randomOf(SEED + i);
      const texts = Array.from({ length: 1 + Math.floor(random() * 3) }, () => randomText(random));
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
    ['users', 'user', 'client-certificate-data', '1234'],
  ])('%s: a %s whose %s is no base64 is refused at its line', async (section, field, data, value) => {
    const text = `${section}:\n- name: a\n  ${field}:\n    x: y\n    ${data}: ${value}\n`;
    const { files } = await shown(await write('broken', [text]));

    expect(files[0]?.failure).toMatchObject({ code: 'file-invalid', where: { line: 5 } });
    expect(files[0]?.failure?.message).toContain(`${data} is no base64; kubectl refuses such a file.`);
  });
});
