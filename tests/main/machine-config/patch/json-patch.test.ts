import { describe, expect, it } from 'vitest';
import { applyJsonPatch } from '../../../../main/machine-config/patch/json-patch.ts';
import { isPlainList, isPlainMap, Literal, type PlainMap, type PlainValue } from '../../../../main/yaml/plain-value.ts';
import { patched, refusal } from './patched.ts';

const plain = (value: unknown): PlainValue => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([name, one]) => [name, plain(one)]));
  return new Literal(String(value));
};
const json = (value: PlainValue): unknown => {
  if (isPlainMap(value)) return Object.fromEntries([...value].map(([name, one]) => [name, json(one)]));
  if (isPlainList(value)) return value.map(json);
  return value instanceof Literal ? (JSON.parse(value.text) as unknown) : value;
};
const apply = (document: unknown, ...operations: readonly object[]): unknown =>
  json(
    applyJsonPatch(
      plain(document),
      operations.map((one) => plain(one) as PlainMap),
    ),
  );

describe('the examples of RFC 6902, appendix A', () => {
  it.each([
    [
      'A.1 adding an object member',
      { foo: 'bar' },
      { op: 'add', path: '/baz', value: 'qux' },
      { baz: 'qux', foo: 'bar' },
    ],
    [
      'A.2 adding an array element',
      { foo: ['bar', 'baz'] },
      { op: 'add', path: '/foo/1', value: 'qux' },
      { foo: ['bar', 'qux', 'baz'] },
    ],
    ['A.3 removing an object member', { baz: 'qux', foo: 'bar' }, { op: 'remove', path: '/baz' }, { foo: 'bar' }],
    [
      'A.4 removing an array element',
      { foo: ['bar', 'qux', 'baz'] },
      { op: 'remove', path: '/foo/1' },
      { foo: ['bar', 'baz'] },
    ],
    [
      'A.5 replacing a value',
      { baz: 'qux', foo: 'bar' },
      { op: 'replace', path: '/baz', value: 'boo' },
      { baz: 'boo', foo: 'bar' },
    ],
    [
      'A.6 moving a value',
      { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
      { op: 'move', from: '/foo/waldo', path: '/qux/thud' },
      { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
    ],
    [
      'A.7 moving an array element',
      { foo: ['all', 'grass', 'cows', 'eat'] },
      { op: 'move', from: '/foo/1', path: '/foo/3' },
      { foo: ['all', 'cows', 'eat', 'grass'] },
    ],
    [
      'A.10 adding a nested member object',
      { foo: 'bar' },
      { op: 'add', path: '/child', value: { grandchild: {} } },
      { foo: 'bar', child: { grandchild: {} } },
    ],
    [
      'A.11 ignoring unrecognized elements',
      { foo: 'bar' },
      { op: 'add', path: '/baz', value: 'qux', xyz: 123 },
      { foo: 'bar', baz: 'qux' },
    ],
    ['A.14 ~ escape ordering', { '/': 9, '~1': 10 }, { op: 'test', path: '/~01', value: 10 }, { '/': 9, '~1': 10 }],
    [
      'A.16 adding an array value',
      { foo: ['bar'] },
      { op: 'add', path: '/foo/-', value: ['abc', 'def'] },
      { foo: ['bar', ['abc', 'def']] },
    ],
  ])('%s', (_, document, operation, result) => {
    expect(apply(document, operation)).toEqual(result);
  });

  it('A.8 testing a value: success', () => {
    const document = { baz: 'qux', foo: ['a', 2, 'c'] };
    expect(
      apply(document, { op: 'test', path: '/baz', value: 'qux' }, { op: 'test', path: '/foo/1', value: 2 }),
    ).toEqual(document);
  });

  it.each([
    [
      'A.9 testing a value: error',
      { baz: 'qux' },
      { op: 'test', path: '/baz', value: 'bar' },
      'testing value /baz failed: test failed',
    ],
    [
      'A.12 adding to a nonexistent target',
      { foo: 'bar' },
      { op: 'add', path: '/baz/bat', value: 'qux' },
      'add operation does not apply: doc is missing path: "/baz/bat": missing value',
    ],
    [
      'A.15 comparing strings and numbers',
      { '/': 9, '~1': 10 },
      { op: 'test', path: '/~01', value: '10' },
      'testing value /~01 failed: test failed',
    ],
    [
      'A.13 an operation that is two, of which the last counts,',
      { foo: 'bar' },
      JSON.parse('{"op":"add","path":"/baz","value":"qux","op":"remove"}') as { op: string; path: string },
      "error in remove for path: '/baz': Unable to remove nonexistent key: baz: missing value",
    ],
    ['an unknown operation', {}, { op: 'spam', path: '/a' }, 'Unexpected kind: spam'],
    [
      'an index behind the end',
      { a: [1] },
      { op: 'add', path: '/a/3', value: 1 },
      "error in add for path: '/a/3': Unable to access invalid index: 3: invalid index referenced",
    ],
    [
      'a move into itself',
      { a: { b: 1 } },
      { op: 'move', from: '/a', path: '/a/b' },
      'move operation does not apply: /a would be moved into itself',
    ],
  ])('%s is refused', (_, document, operation, text) => {
    expect(refusal(() => apply(document, operation))).toBe(
      `failure applying rfc6902 patches to talos machine config: ${text}`,
    );
  });
});

describe('a JSON patch on a machine config', () => {
  const CONFIG = '# mine\nversion: v1alpha1\nmachine: # all\n    type: worker\n    certSANs: [a, b] # names\n';

  it('in JSON or in YAML changes the lines that differ, and no other', () => {
    const result = CONFIG.replace('[a, b]', '[a, c, b]').replace('worker', 'controlplane');
    expect(
      patched(
        CONFIG,
        '[{"op":"add","path":"/machine/certSANs/1","value":"c"},{"op":"replace","path":"/machine/type","value":"controlplane"}]',
      ),
    ).toBe(result);
    expect(
      patched(
        CONFIG,
        '- op: add\n  path: /machine/certSANs/1\n  value: c\n',
        '- {op: replace, path: /machine/type, value: controlplane}\n',
      ),
    ).toBe(result);
  });

  it('names what is missing as talosctl does', () => {
    expect(refusal(() => patched(CONFIG, '[{"op":"remove","path":"/machine/nope"}]'))).toBe(
      "failure applying rfc6902 patches to talos machine config: error in remove for path: '/machine/nope': Unable to remove nonexistent key: nope: missing value",
    );
  });

  it('is refused for several documents, and for what Talos would not load afterwards', () => {
    const patch = '[{"op":"add","path":"/machine/tokn","value":"c"}]';
    expect(refusal(() => patched(`${CONFIG}---\napiVersion: v1alpha1\nkind: LinkConfig\nname: a\n`, patch))).toBe(
      'JSON6902 patches are not supported for multi-document machine configuration',
    );
    expect(refusal(() => patched(CONFIG, patch))).toBe(
      'error decoding document /v1alpha1/ (line 2): unknown keys found during decoding:\nmachine:\n    tokn: c',
    );
  });

  it('that copies a part into itself again and again is refused before it grows', () => {
    const double = Array.from({ length: 60 }, (_, i) => ({ op: 'copy', from: '/machine', path: `/machine/x${i}` }));
    expect(refusal(() => patched(CONFIG, JSON.stringify(double)))).toMatch(/^A machine config of more than 3 MB/);
  });

  it('names like those of JavaScript itself are names', () => {
    const patch = '[{"op":"add","path":"/__proto__","value":{"x":"1"}},{"op":"add","path":"/constructor","value":"2"}]';
    expect(refusal(() => patched(CONFIG, patch))).toMatch(
      /unknown keys found during decoding:\n__proto__:\n {4}x: "1"\nconstructor: "2"/,
    );
    expect(refusal(() => patched(CONFIG, '[{"op":"remove","path":"/machine/constructor"}]'))).toMatch(
      /nonexistent key/,
    );
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('that is neither is refused for what it looks like', () => {
    expect(refusal(() => patched(CONFIG, '[{"op": "add",,]'))).toMatch(/^The patch starts as JSON/);
    expect(refusal(() => patched(CONFIG, 'machine: {typo: 1}'))).toMatch(/unknown keys found during decoding/);
    expect(refusal(() => patched(CONFIG, 'version: v1alpha1\nfoo: 1'))).toBe(
      'error decoding document /v1alpha1/ (line 1): missing kind',
    );
    expect(refusal(() => patched(CONFIG, 'just text'))).toBe('expected a YAML document at line 1');
  });
});
