import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../scripts/seeded-random.ts';
import { readBlocks } from '../../../main/yaml/block-reader.ts';
import { parseBlocks, readingOnce } from '../../../main/yaml/parse-blocks.ts';
import { parseDocuments, type YamlDocument } from '../../../main/yaml/yaml-document.ts';

/** What is known of a node, but where collections end. */
function shapeOf(node: Node | null | undefined): unknown {
  if (isScalar(node)) return [node.value, node.source, node.type, node.range?.[0], node.range?.[1], node.tag ?? ''];
  if (isMap(node))
    return [
      ...['map', node.flow ?? false, node.range?.[0]],
      ...(node.items as Pair<Node | null, Node | null>[]).map(({ key, value }) => [shapeOf(key), shapeOf(value)]),
    ];
  if (isSeq(node)) return ['list', node.flow ?? false, node.range?.[0], ...(node.items as Node[]).map(shapeOf)];
  return node;
}

const shapesOf = (documents: readonly YamlDocument[], text: string): unknown =>
  documents.map(({ root, startsAt, endsAt, nextAt, positionOf }) => ({
    ...{ root: shapeOf(root), startsAt, endsAt, nextAt },
    positions: Array.from({ length: text.length + 1 }, (_, offset) => positionOf(offset)),
  }));

const PIECES = [
  ...[
    'a:',
    'b: ',
    'c: 1',
    'd: "x y"',
    "e: 'q'",
    'f: x # c',
    'g: |',
    'h: |-',
    '- ',
    '- a',
    '- k: v',
    '- k:',
    '---',
    '--- # c',
  ],
  ...[
    '# c',
    '  # c',
    '',
    '   ',
    '"q": v',
    "'r': 1",
    'x: []',
    'x: {}',
    'y: [] # e',
    '- []',
    '- "a"',
    '- -1',
    'z: -',
    'w: a: b',
  ],
  ...[
    'plain',
    'k:  v  ',
    'm: v#c',
    'n: # c',
    'text here',
    '- ""',
    'u: ~',
    'o: "a\\n"',
    'p: <secret-1>',
    'a b: c',
    '- a b',
    '...',
  ],
  ...[
    '-',
    '? x',
    '?: x',
    't: http://x:y',
    'l: >',
    '%d',
    's: *x',
    's: &x y',
    '!t: a',
    'r: - a',
    '-x: y',
    ':x: y',
    'k: |+',
  ],
  ...[
    'k: | # c',
    'q: "x" # c',
    'q: "x"# c',
    'a:b: c',
    'é: ü',
    '@a: b',
    'k: @a',
    'k: %a',
    '#x: y',
    'k: #y',
    'k:v',
    '- k: |',
  ],
  ...[
    '- - a',
    '... x',
    '---x: y',
    '----',
    'j: {a: b}',
    'j: [a, b]',
    "i: 'it''s'",
    '\ta: b',
    'a: b\r',
    'a: [',
    'k: "open',
  ],
];

describe('the reader of plainly written YAML', () => {
  it('reads what the library reads, or nothing: 30,000 texts of odd pieces', () => {
    const random = seeded(17);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    let read = 0;
    for (let i = 0; i < 30_000; i++) {
      let indent = 0;
      const lines = Array.from({ length: 1 + Math.floor(random() * 7) }, () => {
        const turn = random();
        if (turn < 0.35) indent += pick([1, 2, 2, 2, 4]);
        else if (turn < 0.6) indent = turn < 0.55 ? Math.max(0, indent - pick([1, 2, 2, 4])) : 0;
        return ' '.repeat(indent) + pick(PIECES);
      });
      const text = lines.join('\n') + pick(['\n', '', '\n\n']);
      if (readBlocks(text, 500) === undefined) continue;
      read++;
      // What the library refuses would throw here.
      expect(shapesOf(parseBlocks(text), text), text).toEqual(shapesOf(parseDocuments(text), text));
    }
    expect(read).toBeGreaterThan(1_500);
  });

  it.each([
    ['nested mappings and lists', 'a:\n  b:\n  - c: 1\n    d:\n      - e\n  - f\ng: {}\n'],
    ['documents, comments and blank lines', '# top\n\na: 1\n# after\n---\n# second\nb: [] # none\n\n---\n'],
    [
      'literal texts',
      'a:\n  - path: /x\n    content: |\n      one\n\n        two\n      # no comment\n  - content: |-\n      x\n\nb: 1',
    ],
    ['quoted names and values', '"a b": "c # d"\n\'e\': \'f: g\'\n'],
    ['values that are missing', 'a:\nb:   # nothing\nc:\n  d:\n'],
  ])('reads %s', (_what, text) => {
    expect(readBlocks(text, 500)).toBeDefined();
    expect(shapesOf(parseBlocks(text), text)).toEqual(shapesOf(parseDocuments(text), text));
  });

  it('leaves more documents than are allowed, deep nesting and forbidden characters to the library, which refuses them', () => {
    const deep = Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
    expect(readBlocks('---\n'.repeat(501), 500)).toBeUndefined();
    expect(readBlocks(deep, 500)).toBeUndefined();
    expect(() => parseBlocks('---\n'.repeat(501))).toThrow('more than 500 documents');
    expect(() => parseBlocks('a: \u0001b\n')).toThrow('control character');
    expect(() => parseBlocks('a: b\n  c: d\n')).toThrow('Line 1');
  });

  it('reads a text once within a piece of work, and keeps nothing of it afterwards', () => {
    const text = 'a: 1\n';
    const [first, second] = readingOnce(() => [parseBlocks(text), readingOnce(() => parseBlocks(text))]);
    expect(second).toBe(first);
    expect(parseBlocks(text)).not.toBe(first);
  });
});
