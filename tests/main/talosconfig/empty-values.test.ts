import { describe, expect, test } from 'vitest';
import { classifyIncoming } from '../../../main/talosconfig/merge-classify.ts';
import { planTalosconfigMerge, planTalosctlConfigMerge, type MergePlan } from '../../../main/talosconfig/merge-plan.ts';
import { parseTalosconfig } from '../../../main/talosconfig/parse-talosconfig.ts';
import { isBroken, type RawContext } from '../../../main/talosconfig/raw-context.ts';
import { allContextContents, contentHash, editTalosconfig } from '../../../main/talosconfig/talosconfig-edit.ts';

/** Every way to write nothing. */
const EMPTY = ['', '~', 'null', 'Null', 'NULL', "''", '""', '{}', '[]'];
const NULLS = EMPTY.slice(0, 5);
const FIELDS = [
  'target',
  'endpoints',
  'nodes',
  'ca',
  'crt',
  'key',
  'auth',
  'cluster',
  'proxy-url',
  'auth.basic',
  'auth.siderov1',
  'x-unknown',
];
const CASES = FIELDS.flatMap((field) => EMPTY.map((value) => [field, value] as const));

const contextOf = (field: string, value: string): string => {
  const [name = '', inner] = field.split('.');
  const line = inner === undefined ? `${name}: ${value}` : `${name}: {${inner}: ${value}}`;
  const rest = ['endpoints', 'target'].includes(name) ? '' : '        endpoints: [10.0.0.2]\n';
  return `        ${line}\n${rest}        cluster2: c\n`;
};
const fileOf = (field: string, value: string): string =>
  `context: new\ncontexts:\n    new:\n${contextOf(field, value)}`;

/** A merge of all of a text into a file. */
function merge(base: string, incoming: string, asTalosctl: boolean): string {
  const facts = (text: string) =>
    parseTalosconfig(text).contexts.map(({ name, endpoints }) => {
      const content = allContextContents(text).get(name);
      const hash = content ? contentHash(content) : `broken:${name}`;
      return { id: name, name, content: hash, caFingerprints: [], roles: [], endpoints };
    });
  const input = {
    existing: parseTalosconfig(base).contexts.map(({ name }) => name),
    current: parseTalosconfig(base).current,
    incoming: classifyIncoming(facts(base), facts(incoming)).filter(({ incoming: { id } }) =>
      allContextContents(incoming).has(id),
    ),
    incomingCurrent: parseTalosconfig(incoming).current,
    contents: allContextContents(incoming),
  };
  const keep = new Map(input.incoming.map(({ incoming: { id } }) => [id, { action: 'keep-both' as const }]));
  const plan: MergePlan = asTalosctl ? planTalosctlConfigMerge(input) : planTalosconfigMerge(input, keep);
  return editTalosconfig(base, plan.edits);
}

const BASE = 'context: old\ncontexts:\n    old:\n        endpoints: [10.0.0.1]\n';
const contextIn = (text: string, name: string): RawContext =>
  parseTalosconfig(text).contexts.find((one) => one.name === name)!;

describe.each([
  ["Minos's merge", false],
  ['the same as talosctl', true],
])('an incoming context with an empty field, %s', (_name, asTalosctl) => {
  test.each(CASES)('%s: %s', (field, value) => {
    const merged = merge(BASE, fileOf(field, value), asTalosctl);

    const context = contextIn(merged, 'new');
    const endpoints = ['endpoints', 'target'].includes(field) ? [] : ['10.0.0.2'];
    expect([isBroken(context), context.endpoints, context.nodes, context.auth.siderov1]).toEqual([
      false,
      endpoints,
      [],
      undefined,
    ]);
    // As talosctl writes it: nothing of an empty field stays, but the endpoints.
    expect(merged).toContain('    new:\n        endpoints:');
    const known = field.split('.')[0] ?? '';
    if (
      !['endpoints', 'x-unknown'].includes(known) &&
      !(field === 'auth.basic' && value === '{}') &&
      !(field === 'auth.siderov1' && value === '{}')
    )
      expect(merged).not.toMatch(new RegExp(`^ {8}${known}:`, 'm'));
    expect(merged.startsWith(asTalosctl ? BASE.replace('context: old', 'context: new') : BASE)).toBe(true);
  });
});

describe('a file that has empty fields already', () => {
  test.each(CASES)('is merged into, and edited: %s: %s', (field, value) => {
    const base = fileOf(field, value).replaceAll('new', 'old');

    const merged = merge(base, BASE.replaceAll('old', 'other'), false);
    expect(merged).toBe(`${base}    other:\n        endpoints:\n            - 10.0.0.1\n`);
    const edited = editTalosconfig(merged, [
      { kind: 'set-endpoints', name: 'old', endpoints: ['10.9.9.9'] },
      { kind: 'set-nodes', name: 'old', nodes: ['n'] },
      { kind: 'rename', name: 'old', to: 'older' },
    ]);
    expect([contextIn(edited, 'older').endpoints, contextIn(edited, 'older').nodes]).toEqual([['10.9.9.9'], ['n']]);
  });

  test.each(NULLS)('is merged into where a context is %j', (value) => {
    const base = `context: old\ncontexts:\n    x: ${value}\n    old:\n        endpoints: [10.0.0.1]\n`;
    for (const asTalosctl of [false, true]) {
      const merged = merge(base, BASE.replaceAll('old', 'x'), asTalosctl);
      expect(parseTalosconfig(merged).contexts.map(({ name }) => name)).toEqual(['x', 'old', 'x-1']);
    }
  });

  test.each(EMPTY)('is merged into where contexts is %j', (value) => {
    // talosctl refuses an empty list and an empty text there; nothing is lost by writing over them.
    const merged = editTalosconfig(`context: ''\ncontexts: ${value}\n`, [
      { kind: 'add', name: 'a', content: allContextContents(BASE).get('old')! },
    ]);

    expect(parseTalosconfig(merged).contexts.map(({ name }) => name)).toEqual(['a']);
  });

  test.each(NULLS)('is merged into where the current context is %j', (value) => {
    const merged = merge(BASE.replace('context: old', `context: ${value}`), BASE.replaceAll('old', 'new'), true);

    expect(parseTalosconfig(merged).current).toBe('new');
  });

  test('whose contexts are something else is not written over', () => {
    const edit = { kind: 'add', name: 'a', content: allContextContents(BASE).get('old')! } as const;

    expect(() => editTalosconfig('context: a\ncontexts: [{name: a}]\n', [edit])).toThrow(/not a mapping/);
  });
});

test.each(NULLS)('an incoming context that is %j takes nothing else with it', (value) => {
  const incoming = `context: good\ncontexts:\n    bad: ${value}\n    good:\n        endpoints: [10.0.0.3]\n`;

  for (const asTalosctl of [false, true])
    expect(parseTalosconfig(merge(BASE, incoming, asTalosctl)).contexts.map(({ name }) => name)).toEqual([
      'old',
      'good',
    ]);
});

test('an entry of a list that is nothing is passed over, as talosctl does', () => {
  const incoming =
    'context: new\ncontexts:\n    new:\n        endpoints:\n            - 10.0.0.2\n            -\n            - ~\n        nodes: [null]\n';

  expect(isBroken(contextIn(incoming, 'new'))).toBe(false);
  expect(merge(BASE, incoming, false)).toBe(`${BASE}    new:\n        endpoints:\n            - 10.0.0.2\n`);
});

test('empty fields make no difference between two contexts', () => {
  const hashes = CASES.filter(([field]) => !['endpoints', 'target', 'x-unknown'].includes(field)).map(
    ([field, value]) => contentHash(allContextContents(fileOf(field, value)).get('new')!),
  );

  expect(new Set(hashes).size).toBe(1);
});
