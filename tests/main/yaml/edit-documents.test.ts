import { describe, expect, it } from 'vitest';
import { editDocuments } from '../../../main/yaml/edit-documents.ts';
import { Literal, plainOf, type PlainMap, type PlainValue } from '../../../main/yaml/plain-value.ts';
import { parseDocuments, parseYaml } from '../../../main/yaml/yaml-document.ts';

/** What a text means after a change of its documents; the change works on maps that may be written to. */
function edited(
  text: string,
  change: (documents: Map<string, PlainValue>[]) => void,
  { removed = [], appended = [] }: { removed?: readonly number[]; appended?: readonly PlainMap[] } = {},
): string {
  const yamls = parseDocuments(text);
  const maps = yamls.map((yaml) => new Map(plainOf(yaml) as PlainMap));
  const before = new Map(yamls.map((yaml, i) => [i, plainOf(yaml) as PlainMap]));
  change(maps);
  const changed = new Map<number, PlainMap | 'removed'>(maps.map((map, i) => [i, map]));
  for (const index of removed) changed.set(index, 'removed');
  return editDocuments(text, { before, changed, appended });
}

const nothing = (): void => undefined;
const list = (map: Map<string, PlainValue> | undefined, name: string): Map<string, PlainValue>[] =>
  (map?.get(name) as PlainMap[]).map((item) => new Map(item));

describe('documents of one text are edited', () => {
  const THREE = '# of mine\na: 1 # one\n---\n# second\nb:\n    - x: 1 # first\n      y: 2\n    - x: 3\n---\nc: 3\n';

  it('each where it stands, and all others stay to the byte', () => {
    expect(edited(THREE, ([, , c]) => c?.set('c', new Literal('4')))).toBe(THREE.replace('c: 3', 'c: 4'));
  });

  it('but not when the text means something else than what the change was worked out on', () => {
    const before = new Map([[0, new Map([['a', new Literal('2')]])]]);
    const changed = new Map([[0, new Map([['a', new Literal('3')]])]]);
    expect(() => editDocuments('a: 1\n', { before, changed, appended: [] })).toThrow('cannot be written');
  });

  it('an item of a list is changed in its place, with its comments', () => {
    const result = edited(THREE, ([, b]) => {
      const items = list(b, 'b');
      items[0]?.set('y', 'two').set('z', 'new');
      b?.set('b', items);
    });
    expect(result).toBe(THREE.replace('      y: 2\n', '      y: two\n      z: new\n'));
  });

  it('the entry beside a dash goes, and the next one stands there', () => {
    const result = edited(THREE, ([, b]) => {
      const items = list(b, 'b');
      items[0]?.delete('x');
      b?.set('b', items);
    });
    expect(result).toBe(THREE.replace('- x: 1 # first\n      y: 2', '- y: 2'));
  });

  it('an item of which no name stays is written anew', () => {
    const result = edited(THREE, ([, b]) => {
      b?.set('b', [new Map([['other', 'new']]), ...list(b, 'b').slice(1)]);
    });
    expect(result).toBe(THREE.replace('    - x: 1 # first\n      y: 2\n', '    - other: new\n'));
  });

  it('a text of many line ends takes no time', () => {
    const long = `a${'\n'.repeat(200_000)}b`;
    const result = edited('a: x\n', ([a]) => a?.set('a', long));
    expect(plainOf(parseYaml(result))).toEqual(new Map([['a', long]]));
  }, 10_000);

  it('new items of a list are written on lines of their own', () => {
    const result = edited(THREE, ([, b]) => {
      b?.set('b', [
        ...list(b, 'b'),
        new Map<string, PlainValue>([
          ['x', 'new'],
          ['deep', ['p', new Map([['q', 'r']])]],
        ]),
      ]);
    });
    expect(result).toBe(
      THREE.replace('    - x: 3\n', '    - x: 3\n    - x: new\n      deep:\n          - p\n          - q: r\n'),
    );
  });

  it('one goes with its mark and comments, the first as well', () => {
    expect(edited(THREE, nothing, { removed: [1] })).toBe('# of mine\na: 1 # one\n---\nc: 3\n');
    expect(edited(THREE, nothing, { removed: [0] })).toBe(THREE.slice(THREE.indexOf('---')));
  });

  it('new ones follow the last, also behind a text that does not end its line', () => {
    const appended = [
      new Map<string, PlainValue>([
        ['kind', 'New'],
        ['text', 'one\n\n  two\n'],
      ]),
    ];
    expect(edited('a: 1', nothing, { appended })).toBe('a: 1\n---\nkind: New\ntext: |\n    one\n\n      two\n');
  });

  it('a text of several lines replaces one as such', () => {
    const text = 'a: |\n  old\n  lines\nb: 2\n';
    expect(edited(text, ([a]) => a?.set('a', 'new\nlines'))).toBe('a: |-\n    new\n    lines\nb: 2\n');
    expect(edited(text, ([a]) => a?.set('a', ' led by a blank\n'))).toBe('a: " led by a blank\\n"\nb: 2\n');
  });

  it('with CRLF at the ends of its lines', () => {
    const text = 'a:\r\n  b: 1\r\n---\r\nc: 3\r\n';
    expect(edited(text, ([a]) => a?.set('d', 'x\ny\n'))).toBe('a:\r\n  b: 1\r\nd: |\r\n  x\r\n  y\r\n---\r\nc: 3\r\n');
  });
});
