import { describe, expect, test } from 'vitest';
import { plainOf, type PlainMap } from '../../../main/yaml/plain-value.ts';
import { parseDocuments, parseYaml } from '../../../main/yaml/yaml-document.ts';
import { editYaml, parseForEdit, type YamlEdit } from '../../../main/yaml/yaml-edit.ts';

const THREE = '# top\na: b\n# between\n---\n# second\na: b # keep\nc: "d"\n...\n# odd\n---\r\na:   b\r\n';
const set = (name: string, value: string): YamlEdit => ({ kind: 'set', path: [name], value });
const edit = (text: string, index: number, ...edits: readonly YamlEdit[]): string =>
  editYaml(text, edits, 'x', parseForEdit(text, 'x', index));

describe('documents of one text', () => {
  test('are read one by one, each with where it stands and where the next begins', () => {
    const documents = parseDocuments(THREE);

    expect(documents.map((one) => plainOf(one))).toEqual([
      new Map([['a', 'b']]),
      new Map([
        ['a', 'b'],
        ['c', 'd'],
      ]),
      new Map([['a', 'b']]),
    ]);
    expect(documents.map(({ startsAt, endsAt }) => THREE.slice(startsAt, endsAt)).join('')).toBe(THREE);
    expect(documents.map(({ nextAt }) => nextAt?.line)).toEqual([4, 10, undefined]);
  });

  test.each([
    ['an empty text', '', 0],
    ['nothing but comments', '# a\n# b\n', 0],
    ['empty documents', '---\n---\na: b\n', 2],
    ['a byte order mark', '\uFEFFa: b\n---\nc: d\n', 2],
  ])('may be none or empty: %s', (_what, text, count) => {
    expect(parseDocuments(text)).toHaveLength(count);
  });

  test('are all looked at, while the first alone does not mind what follows it', () => {
    const text = 'a: b\n---\nc: [\n';

    expect(plainOf(parseYaml(text))).toEqual(new Map([['a', 'b']]));
    expect(() => parseDocuments(text, 'x')).toThrow(/^Line \d+, column \d+: /);
  });

  test('have anchors of their own', () => {
    expect(() => parseDocuments('a: &x b\n---\nc: *x\n')).toThrow('Line 3, column 4: an alias or anchor');
  });

  test('share one budget for what their aliases make', () => {
    const bomb = `a: &a [${'x,'.repeat(2_000)}]\nb: [${'*a,'.repeat(150)}]\n`;

    expect(parseDocuments(`${bomb}---\n${bomb}`)).toHaveLength(2);
    expect(() => parseDocuments(`${bomb}---\n`.repeat(4))).toThrow(/what the aliases \(\*name\) up to here stand for/);
  });

  test('are at most 500', () => {
    expect(parseDocuments('---\na: b\n'.repeat(500))).toHaveLength(500);
    expect(() => parseDocuments('---\na: b\n'.repeat(501))).toThrow(
      'Line 1001, column 1: more than 500 documents in one file.',
    );
  });
});

describe('an edit of one document', () => {
  test.each([0, 1, 2])('leaves every byte of the others as it is: document %i', (index) => {
    const [before, after] = [parseDocuments(THREE)[index]!, edit(THREE, index, set('a', 'new'), set('e', 'f'))];
    const changed = parseDocuments(after);

    expect(after.startsWith(THREE.slice(0, before.startsAt))).toBe(true);
    expect(after.endsWith(THREE.slice(before.endsAt))).toBe(true);
    expect(changed).toHaveLength(3);
    expect([...(plainOf(changed[index]!) as PlainMap)]).toEqual(
      expect.arrayContaining([
        ['a', 'new'],
        ['e', 'f'],
      ]),
    );
    expect(after).toContain('# between');
  });

  test('renames and changes in turn within the same document', () => {
    const rename: YamlEdit = { kind: 'rename', path: ['c'], to: 'z' };

    expect(edit(THREE, 1, rename, set('z', 'y'))).toBe(THREE.replace('c: "d"', 'z: "y"'));
  });

  test('is refused where there is no such document, or where another one is no YAML', () => {
    expect(() => edit(THREE, 3, set('a', 'x'))).toThrow('The file has no such document.');
    expect(() => edit('a: b\n---\nc: d\n---\n[', 1, set('c', 'x'))).toThrow(/^Line 4|^Line 5/);
  });
});
