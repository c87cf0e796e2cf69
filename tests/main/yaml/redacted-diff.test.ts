import { expect, test } from 'vitest';
import { diffOfLines, redactedDiff } from '../../../main/yaml/redacted-diff.ts';

const FILE = `context: a
contexts:
    a:
        endpoints: [10.5.0.2]
        ca: Q0E=
        crt: Q1JU
        key: S0VZ
        x-note: note
        nodes: [n]
    key:
        endpoints: [10.5.0.3]
        auth: {basic: {username: u, password: hunter2}}
`;

test('shows the lines that changed, with secrets as fingerprints', () => {
  const diff = redactedDiff(FILE, FILE.replace('S0VZ', 'TkVX').replace('10.5.0.2', '10.5.0.9'));

  const shown = diff.map(
    (l) =>
      `${l.kind === 'same' ? ' ' : l.kind === 'added' ? '+' : '-'}${l.text.replace(/\[secret [0-9a-f]{8}\]/, '[secret …]')}`,
  );
  expect(shown).toEqual([
    ' context: a',
    ' contexts:',
    '     a:',
    '-        endpoints: [10.5.0.2]',
    '+        endpoints: [10.5.0.9]',
    '         ca: [secret …]',
    '         crt: [secret …]',
    '-        key: [secret …]',
    '+        key: [secret …]',
    '         x-note: [secret …]',
    '         nodes: [n]',
    '     key:',
  ]);
  expect(diff.map((l) => [l.old, l.new])[4]).toEqual([undefined, 4]);
});

test.each([
  ['values', FILE],
  ['a block scalar', FILE.replace('key: S0VZ', 'key: |\n            S0VZ')],
  ['flow style', '{contexts: {a: {key: S0VZ, auth: {basic: {password: hunter2}}}}}'],
  ['a context that is text', 'contexts: {a: hunter2}\n'],
  ['text that is no YAML', 'contexts: [\n key: S0VZ\n'],
  ['a commented key', `# ${'S0VZ'.repeat(20)}\ncontexts: {}\n`],
  ['a second document', `contexts: {}\n---\nkey: ${'S0VZ'.repeat(20)}\n`],
  ['short values of a second document', 'contexts: {}\n---\nkey: hunter2\nlist:\n    - hunter2\n'],
  ['a second document that is no YAML', 'contexts: {}\n---\nkey: [hunter2\n'],
  ['a proxy with a password', 'contexts: {a: {proxy-url: "http://u:hunter2@p:1"}}\n'],
])('never shows a secret of %s', (_what, text) => {
  const shown = redactedDiff('', text)
    .map((l) => l.text)
    .join('\n');

  expect(shown).not.toMatch(/S0VZ|Q0E=|hunter2/);
  expect(shown).not.toBe('');
});

test('a context called like a secret field is shown', () => {
  expect(
    redactedDiff('', FILE)
      .map((l) => l.text)
      .join('\n'),
  ).toContain('endpoints: [10.5.0.3]');
});

test('of two texts that differ too much to be compared the first lines are shown, not none', () => {
  const text = (sign: string): string => `same\n${Array.from({ length: 4_000 }, (_, i) => sign + i).join('\n')}\n`;
  const lines = diffOfLines(text('a'), text('b'));

  expect(lines).toHaveLength(401);
  expect([lines[0], lines[200]]).toEqual([
    { kind: 'removed', old: 2, text: 'a0' },
    { kind: 'added', new: 2, text: 'b0' },
  ]);
  expect(lines.at(-1)?.text).toContain('7,600 more lines are not shown');
});
