import { describe, expect, test } from 'vitest';
import { parseTalosconfig } from '../../../main/talosconfig/parse-talosconfig.ts';
import {
  allContextContents,
  contentHash,
  contextContent,
  type ContextContent,
  editTalosconfig,
  EMPTY_TALOSCONFIG,
  type TalosconfigEdit,
} from '../../../main/talosconfig/talosconfig-edit.ts';
import { Failed } from '../../../main/lib/failed.ts';
import { Secret } from '../../../main/lib/secret.ts';

const FILE = `context: prod
contexts:
    prod:
        endpoints:
            - 10.5.0.2
        ca: Q0E=
        crt: Q1JU
        key: S0VZ
        x-unknown: 5 # keep
    dev:
        target: 10.6.0.2
        endpoints: []
`;

const secret = (text: string): Secret => new Secret(text);

describe('one edit', () => {
  test.each<[string, TalosconfigEdit, string, string]>([
    ['selects', { kind: 'select', name: 'dev' }, 'context: prod', 'context: dev'],
    ['selects nothing', { kind: 'select', name: '' }, 'context: prod', 'context: ""'],
    [
      'renames, and the current context with it',
      { kind: 'rename', name: 'prod', to: '010' },
      'context: prod\ncontexts:\n    prod:',
      'context: "010"\ncontexts:\n    "010":',
    ],
    ['renames another', { kind: 'rename', name: 'dev', to: 'new name' }, '    dev:', '    "new name":'],
    ['removes', { kind: 'remove', name: 'dev' }, '    dev:\n        target: 10.6.0.2\n        endpoints: []\n', ''],
    [
      'sets endpoints, trimmed',
      { kind: 'set-endpoints', name: 'prod', endpoints: [' 10.5.0.3 ', '10.5.0.2'] },
      '            - 10.5.0.2',
      '            - 10.5.0.3\n            - 10.5.0.2',
    ],
    [
      'sets endpoints and drops the legacy target',
      { kind: 'set-endpoints', name: 'dev', endpoints: ['a'] },
      '        target: 10.6.0.2\n        endpoints: []\n',
      '        endpoints:\n            - a\n',
    ],
    [
      'clears endpoints',
      { kind: 'set-endpoints', name: 'prod', endpoints: [] },
      'endpoints:\n            - 10.5.0.2\n',
      'endpoints: []\n',
    ],
    [
      'sets nodes',
      { kind: 'set-nodes', name: 'prod', nodes: ['n1'] },
      '5 # keep\n',
      '5 # keep\n        nodes:\n            - n1\n',
    ],
    ['clears nodes that are not there', { kind: 'set-nodes', name: 'prod', nodes: [] }, '', ''],
    [
      'sets a proxy',
      { kind: 'set-proxy-url', name: 'prod', proxyUrl: 'socks5://localhost:1080' },
      '5 # keep\n',
      '5 # keep\n        proxy-url: socks5://localhost:1080\n',
    ],
    [
      'sets a cluster',
      { kind: 'set-cluster', name: 'prod', cluster: 'c' },
      '5 # keep\n',
      '5 # keep\n        cluster: c\n',
    ],
    [
      'replaces certificate and key',
      { kind: 'set-credentials', name: 'prod', credentials: { crt: secret('TkVX'), key: secret('S0VZMg==') } },
      'crt: Q1JU\n        key: S0VZ',
      'crt: TkVX\n        key: S0VZMg==',
    ],
    [
      'adds',
      { kind: 'add', name: '~', content: contextContent({ endpoints: ['a'], key: secret('Sw==') }) },
      '        endpoints: []\n',
      '        endpoints: []\n    "~":\n        endpoints:\n            - a\n        key: Sw==\n',
    ],
    [
      'overwrites: fields the new content has not are removed',
      { kind: 'overwrite', name: 'prod', content: contextContent({ endpoints: ['10.5.0.2', 'b'] }) },
      '            - 10.5.0.2\n        ca: Q0E=\n        crt: Q1JU\n        key: S0VZ\n        x-unknown: 5 # keep\n',
      '            - 10.5.0.2\n            - b\n',
    ],
  ])('%s', (_name, edit, from, to) => {
    expect(editTalosconfig(FILE, [edit])).toBe(FILE.replace(from, () => to));
  });
});

test('proxy-url goes as it came', () => {
  const set = editTalosconfig(FILE, [{ kind: 'set-proxy-url', name: 'prod', proxyUrl: 'direct' }]);

  expect(parseTalosconfig(set).contexts[0]?.proxyUrl).toBe('direct');
  expect(editTalosconfig(set, [{ kind: 'set-proxy-url', name: 'prod', proxyUrl: '' }])).toBe(FILE);
});

test('edits build on one another and are all or nothing', () => {
  const result = editTalosconfig(FILE, [
    { kind: 'add', name: 'new', content: contextContent({ endpoints: ['a'] }) },
    { kind: 'rename', name: 'new', to: 'newer' },
    { kind: 'set-nodes', name: 'newer', nodes: ['n'] },
    { kind: 'select', name: 'newer' },
    { kind: 'remove', name: 'prod' },
  ]);

  const parsed = parseTalosconfig(result);
  expect([parsed.current, parsed.contexts.map((c) => [c.name, c.nodes])]).toEqual([
    'newer',
    [
      ['dev', []],
      ['newer', ['n']],
    ],
  ]);
});

describe('an empty file becomes a talosconfig', () => {
  const add: TalosconfigEdit = { kind: 'add', name: 'a', content: contextContent({ endpoints: ['e'] }) };
  const added = 'context: ""\ncontexts:\n    a:\n        endpoints:\n            - e\n';
  test.each([
    ['no bytes', '', added],
    ["talosctl's empty file", EMPTY_TALOSCONFIG, added],
    ['only comments', '# mine', `# mine\n${added}`],
    ['Windows line ends', '# mine\r\n', `# mine\r\n${added.replaceAll('\n', '\r\n')}`],
    ['no contexts', 'context: ""\n', added],
    ['null contexts', 'context: ""\ncontexts:\n', added],
  ])('%s', (_name, text, expected) => {
    expect(editTalosconfig(text, [add])).toBe(expected);
  });
});

test('a context that is null can be filled or removed', () => {
  expect(editTalosconfig('contexts:\n    x: null\n', [{ kind: 'set-endpoints', name: 'x', endpoints: ['a'] }])).toBe(
    'contexts:\n    x:\n        endpoints:\n            - a\n',
  );
  expect(editTalosconfig('contexts:\n    x: null\n    y: {}\n', [{ kind: 'remove', name: 'x' }])).toBe(
    'contexts:\n    y: {}\n',
  );
});

describe('what is refused', () => {
  test.each<[string, TalosconfigEdit, string]>([
    ['selecting what is not there', { kind: 'select', name: 'none' }, 'not-found'],
    ['editing what is not there', { kind: 'set-nodes', name: '__proto__', nodes: [] }, 'not-found'],
    ['adding a taken name', { kind: 'add', name: 'dev', content: contextContent({}) }, 'conflict'],
    ['renaming to a taken name', { kind: 'rename', name: 'prod', to: 'dev' }, 'conflict'],
    ['removing the current context', { kind: 'remove', name: 'prod' }, 'precondition'],
    ['an empty endpoint', { kind: 'set-endpoints', name: 'prod', endpoints: ['a', ' '] }, 'invalid'],
    ['a control character', { kind: 'set-nodes', name: 'prod', nodes: ['a\u0007'] }, 'invalid'],
    ['a name that is too long', { kind: 'rename', name: 'prod', to: 'x'.repeat(1_001) }, 'invalid'],
    ['half a character in a name', { kind: 'rename', name: 'prod', to: '\uD800' }, 'invalid'],
  ])('%s', (_name, edit, code) => {
    try {
      editTalosconfig(FILE, [edit]);
    } catch (error) {
      expect(error instanceof Failed && error.failure.code).toBe(code);
      return;
    }
    throw new Error('it was accepted');
  });

  test('files that are no talosconfig, or have a name twice', () => {
    for (const text of ['- a\n', 'contexts: {a: {}, a: {}}\n', '---\n']) {
      expect(() => editTalosconfig(text, [{ kind: 'select', name: '' }])).toThrow(Failed);
    }
  });
});

test('the current context is removed when asked for, and nothing is current then', () => {
  const result = editTalosconfig(FILE, [{ kind: 'remove', name: 'prod', evenIfCurrent: true }]);

  expect(result).toBe('context: ""\ncontexts:\n    dev:\n        target: 10.6.0.2\n        endpoints: []\n');
});

test('names of every kind can be added, renamed to and read back', () => {
  const names = [
    '010',
    '1.10',
    '~',
    '__proto__',
    'constructor',
    '',
    'null',
    'two\nlines',
    'a: b',
    '#x',
    "it's",
    '"q"',
    '\u202Ertl',
    '日本',
    '😀',
    '- x',
    '[x]',
    'x'.repeat(1_000),
    '<<',
    '*a',
    '&a',
    '!t',
    '%d',
    '@x',
    '`x',
    '0x10',
    'yes',
    '2001-01-01',
    '12:30:45',
    'a\tb',
    '\u0085',
    '\uFEFF',
    ' x ',
  ];
  const content = contextContent({ endpoints: ['e'] });

  const added = editTalosconfig(
    '',
    names.map((name) => ({ kind: 'add', name, content })),
  );
  const renamed = names.reduce((text, name) => editTalosconfig(text, [{ kind: 'select', name }]), added);

  expect(parseTalosconfig(added).contexts.map((c) => c.name)).toEqual(names);
  expect(parseTalosconfig(renamed).current).toBe(' x ');
});

const contextContentOf = (text: string, name: string): ContextContent | undefined => allContextContents(text).get(name);

test('the content of a context carries everything, numbers as numbers', () => {
  const content = contextContentOf(FILE, 'prod');
  const copied = editTalosconfig(EMPTY_TALOSCONFIG, [{ kind: 'add', name: 'copy', content: content! }]);

  expect(copied).toContain('x-unknown: 5\n');
  expect(String(content)).toBe('[secret]');
  expect(contextContentOf(FILE, 'none')).toBeUndefined();
  expect([...contextContentOf(FILE, 'dev')!.reveal()]).toEqual([['endpoints', ['10.6.0.2']]]);
});

test('contents that mean the same have the same hash', () => {
  const hash = (text: string): string => contentHash(contextContentOf(`contexts: {a: ${text}}`, 'a')!);

  expect(
    new Set(
      ['{endpoints: [a], ca: x}', '{ca: "x", endpoints: [a], nodes: []}', '{target: a, ca: x, key: null}'].map(hash),
    ).size,
  ).toBe(1);
  expect(
    new Set(
      ['{endpoints: [a]}', '{endpoints: [b]}', '{endpoints: [a, b]}', '{nodes: [a]}', '{endpoints: [a], x: y}'].map(
        hash,
      ),
    ).size,
  ).toBe(5);
});
