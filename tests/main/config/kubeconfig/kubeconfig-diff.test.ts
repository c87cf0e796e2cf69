import { expect, test } from 'vitest';
import { parseKubeconfig } from '../../../../main/config/kubeconfig/kubeconfig.ts';
import { diffKubeconfigs } from '../../../../main/config/kubeconfig/kubeconfig-diff.ts';
import { mergeIntoText } from '../../../../main/config/kubeconfig/preview.ts';
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

test('is empty for equal texts and cut for texts that differ everywhere', () => {
  const many = (word: string): string => `x:\n${Array.from({ length: 6000 }, (_, i) => `- ${word}${i}\n`).join('')}`;

  expect(diffOf(OTHERS, OTHERS)).toEqual({ lines: [], isCut: false });
  expect(diffOf(many('a'), many('b')).isCut).toBe(true);
});

test('a merge shows CRLF files without their line ends', async () => {
  const cluster = await sampleCluster('prod');
  const rules = { kind: 'minos', options: { choice: 'refresh', setCurrent: false } } as const;
  const { diff } = mergeIntoText(OTHERS.replaceAll('\n', '\r\n'), [{ incoming: await cluster.fetch(), rules }]);

  expect(diff.lines.length).toBeGreaterThan(10);
  expect(diff.lines.some(({ text }) => text.includes('\r'))).toBe(false);
});
