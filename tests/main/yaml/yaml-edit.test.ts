import { describe, expect, test } from 'vitest';
import { plainOf, type PlainValue } from '../../../main/yaml/plain-value.ts';
import { parseYaml } from '../../../main/yaml/yaml-document.ts';
import { editYaml, type YamlEdit } from '../../../main/yaml/yaml-edit.ts';
import { seeded } from '../../../scripts/seeded-random.ts';

const map = (...entries: [string, PlainValue][]): PlainValue => new Map(entries);
const set = (path: string, value: PlainValue): YamlEdit => ({ kind: 'set', path: path.split('.'), value });
const remove = (path: string): YamlEdit => ({ kind: 'remove', path: path.split('.') });
const rename = (path: string, to: string): YamlEdit => ({ kind: 'rename', path: path.split('.'), to });

const FILE = `# my clusters
context: prod # the real one

contexts:
    # production
    prod: # ask before touching
        endpoints: # the VIP is no endpoint
            - 10.5.0.2 # cp-1
            # spare
            - '10.5.0.3'
            - "10.5.0.4"
        ca: |
            QUJD
            REVG
        crt: Q1JU
        x-team: {name: ops, size: 3}
        # end of prod

    # staging
    staging:
        endpoints: [ a, b ] # two
        nodes: []
# the end
`;

describe('changes exactly the lines concerned', () => {
  test.each<[string, readonly YamlEdit[], readonly [string, string][]]>([
    ['a plain scalar with a comment', [set('context', 'staging')], [['context: prod #', 'context: staging #']]],
    ['a value that needs quotes', [set('context', '010')], [['context: prod #', 'context: "010" #']]],
    [
      'a block scalar',
      [set('contexts.prod.ca', 'TkVX')],
      [['        ca: |\n            QUJD\n            REVG\n', '        ca: TkVX\n']],
    ],
    ['a field that goes', [remove('contexts.prod.crt')], [['        crt: Q1JU\n', '']]],
    [
      'a field that comes',
      [set('contexts.prod.cluster', 'c')],
      [['        # end of prod\n', '        cluster: c\n        # end of prod\n']],
    ],
    ['one list item', [set('contexts.prod.endpoints', ['10.5.0.2', '10.5.0.4'])], [["            - '10.5.0.3'\n", '']]],
    [
      'list items in the middle, front and end',
      [set('contexts.prod.endpoints', ['0', '10.5.0.2', 'x', '10.5.0.4', 'why'])],
      [
        ['            - 10.5.0.2', '            - "0"\n            - 10.5.0.2'],
        ["            - '10.5.0.3'\n", '            - x\n'],
        ['"10.5.0.4"\n', '"10.5.0.4"\n            - why\n'],
      ],
    ],
    [
      'a list that empties',
      [set('contexts.prod.endpoints', [])],
      [
        ['endpoints: # the', 'endpoints: [] # the'],
        ['            - 10.5.0.2 # cp-1\n', ''],
        ["            - '10.5.0.3'\n", ''],
        ['            - "10.5.0.4"\n', ''],
      ],
    ],
    ['a flow list', [set('contexts.staging.endpoints', ['b', 'c'])], [['[ a, b ]', '[ b, c ]']]],
    [
      'a flow list that grows',
      [set('contexts.staging.endpoints', ['z', 'a', 'q', 'b'])],
      [['[ a, b ]', '[ z, a, q, b ]']],
    ],
    ['a flow list that changes wholly', [set('contexts.staging.endpoints', ['q'])], [['[ a, b ]', '[ q ]']]],
    [
      'an empty list that fills',
      [set('contexts.staging.nodes', ['n1', 'n2'])],
      [['nodes: []\n', 'nodes:\n            - n1\n            - n2\n']],
    ],
    [
      'a flow mapping',
      [
        set('contexts.prod.x-team.name', 'dev'),
        set('contexts.prod.x-team.lead', 'a b'),
        remove('contexts.prod.x-team.size'),
      ],
      [['{name: ops, size: 3}', '{name: dev, lead: "a b"}']],
    ],
    ['a key', [rename('contexts.prod', '1.10')], [['    prod: # ask', '    "1.10": # ask']]],
    [
      'a new context',
      [set('contexts.new', map(['endpoints', ['e']], ['nodes', []]))],
      [
        [
          '        nodes: []\n',
          '        nodes: []\n    new:\n        endpoints:\n            - e\n        nodes: []\n',
        ],
      ],
    ],
    [
      'a context that goes',
      [remove('contexts.prod')],
      [[FILE.slice(FILE.indexOf('    prod:'), FILE.indexOf('\n    # staging')), '']],
    ],
    [
      'all contexts',
      [remove('contexts.prod'), remove('contexts.staging')],
      [
        ['contexts:\n', 'contexts: {}\n'],
        [FILE.slice(FILE.indexOf('    prod:'), FILE.indexOf('\n    # staging')), ''],
        [FILE.slice(FILE.indexOf('    staging:'), FILE.indexOf('# the end')), ''],
      ],
    ],
    ['nothing', [set('context', 'prod'), remove('contexts.none')], []],
  ])('%s', (_name, edits, changes) => {
    const expected = changes.reduce((text, [from, to]) => {
      expect(text.split(from)).toHaveLength(2);
      return text.replace(from, () => to);
    }, FILE);

    expect(editYaml(FILE, edits)).toBe(expected);
    // The same with Windows line ends and a byte order mark.
    const windows = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    expect(editYaml(windows(FILE), edits)).toBe(windows(expected));
  });
});

describe('odd layouts', () => {
  test.each<[string, string, readonly YamlEdit[], string]>([
    ['quotes are kept', `a: 'x'\nb: "y"\n`, [set('a', "it's"), set('b', 'z')], `a: 'it''s'\nb: "z"\n`],
    ['a missing value', 'a: # c\nb:\n', [set('a', '1'), set('b', map(['c', 'd']))], 'a: "1" # c\nb:\n    c: d\n'],
    ['no line end at the end', 'a:\n  b: c', [set('a.d', 'e')], 'a:\n  b: c\n  d: e'],
    ['removal without line end at the end', 'a:\n  b: c\n  d: e', [remove('a.d')], 'a:\n  b: c\n'],
    ['lists without indentation', 'a:\n- x\n- y\nb: c\n', [set('a', ['y', 'z'])], 'a:\n- y\n- z\nb: c\n'],
    [
      'two spaces',
      'a:\n  b:\n    c: d\n',
      [set('a.e', map(['f', ['g']]))],
      'a:\n  b:\n    c: d\n  e:\n    f:\n      - g\n',
    ],
    ['an empty flow mapping', 'a: {}  # c\n', [set('a.b', map(['c', []]))], 'a:  # c\n    b:\n        c: []\n'],
    ['the whole file in flow style', '{a: {b: c}, d: e}', [set('a.x', 'z'), remove('d')], '{a: {b: c, x: z}}'],
    [
      'flow style over lines',
      '{\n  a: 1, # one\n  b: 2, # two\n  c: 3\n}\n',
      [remove('b')],
      '{\n  a: 1 # one\n  , # two\n  c: 3\n}\n',
    ],
    ['JSON', '{"a": {"b": ["c"]}}', [set('a.b', ['c', 'd'])], '{"a": {"b": ["c", d]}}'],
    ['a second document', 'a: b\n---\na: b\n', [set('a', 'c')], 'a: c\n---\na: b\n'],
    ['a document that ends', '---\na: b\n...\n', [set('c', 'd')], '---\na: b\nc: d\n...\n'],
    ['an explicit key', '? a\n: b\nc: d\n', [set('a', 'x'), remove('c')], '? a\n: x\n'],
    ['removing an explicit key', '? a\n: b\nc: d\n', [remove('a')], 'c: d\n'],
    [
      'names of every object',
      '__proto__: a\nconstructor: b\n',
      [set('__proto__', 'c'), remove('constructor')],
      '__proto__: c\n',
    ],
    ['a tag', 'a: !!str 010\n', [set('a', 'x')], 'a: !!str x\n'],
    ['a key in quotes', `'010': a\n`, [rename('010', '~')], `'~': a\n`],
    ['an empty flow list in flow style', '{a: []}', [set('a', ['b'])], '{a: [b]}'],
    ['a trailing comma', '{a: b, c: d,}', [set('e', 'f'), remove('c')], '{a: b, e: f,}'],
    ['a name without value in flow style', '{a, b: c}', [set('a', 'x')], '{a: x, b: c}'],
    ['replacing an alias', 'a: &x [b]\nc: *x\n', [set('c', ['b', 'd'])], 'a: &x [b]\nc:\n    - b\n    - d\n'],
    [
      'marks that change reading direction',
      'a: b\n',
      [set('a', 'x\u202Ey\u2028\u0007')],
      'a: "x\\u202ey\\u2028\\u0007"\n',
    ],
  ])('%s', (_name, text, edits, expected) => {
    expect(editYaml(text, edits)).toBe(expected);
  });
});

describe('refuses what it cannot prove', () => {
  test.each<[string, string, readonly YamlEdit[]]>([
    ['a value that an alias shares', 'a: &x b\nc: *x\n', [set('a', 'd')]],
    ['a duplicate name elsewhere', 'a: b\nc: {d: 1, d: 2}\n', [set('a', 'e')]],
    ['a name that is a list', '[a]: b\nc: d\n', [set('c', 'e')]],
    ['a block of another kind', 'a:\n  b: c\n', [set('a', ['d'])]],
    ['no mapping at all', '- a\n', [set('a', 'b')]],
    ['invalid YAML', 'a: [\n', [set('a', 'b')]],
  ])('%s', (_name, text, edits) => {
    expect(() => editYaml(text, edits)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'file-invalid' }) as unknown }),
    );
  });

  test('a name that is taken or missing', () => {
    expect(() => editYaml('a: b\nc: d\n', [rename('a', 'c')])).toThrow(/taken/);
    expect(() => editYaml('a: b\n', [rename('x', 'c')])).toThrow(/does not exist/);
    expect(() => editYaml('a: b\n', [set('x.y', 'c')])).toThrow(/does not exist/);
  });
});

test('a file with an alias to what it is part of is refused at its place, and is no endless loop', () => {
  expect(() => editYaml('a: b\nc: &x {d: [1, *x]}\n', [set('a', 'e')])).toThrow(
    /^Line 2, column 15: an alias to what it is part of/,
  );
});

test('generated edits of generated files do exactly what was meant', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const random = seeded(seed);
  for (let round = 0; round < 300; round++) {
    const text = randomFile(random);
    const edits = randomEdits(random, text);
    let result: string;
    try {
      result = editYaml(text, edits);
    } catch (error) {
      throw new Error(
        `seed ${seed}, round ${round}: ${JSON.stringify({ text, edits: edits.map((e) => ({ ...e, value: 'value' in e ? show(e.value) : undefined })) })}`,
        { cause: error },
      );
    }
    // The proof inside compares with the meaning; here: every comment is still there, once.
    const comments = [...text.matchAll(/#keep\d+/g)].map((m) => m[0]).sort();
    const after = [...result.matchAll(/#keep\d+/g)].map((m) => m[0]).sort();
    expect(after, `seed ${seed}, round ${round}:\n${text}\n---\n${result}`).toEqual(comments);
  }
});

const show = (value: PlainValue): unknown =>
  value instanceof Map ? Object.fromEntries([...value].map(([k, v]) => [k, show(v as PlainValue)])) : value;

/** Contexts c0 … c4 with lists in several layouts; comments named #keepN on lines that no edit below removes. */
function randomFile(random: () => number): string {
  const eol = random() < 0.3 ? '\r\n' : '\n';
  const unit = random() < 0.5 ? '    ' : '  ';
  let keep = 0;
  const comment = (): string => (random() < 0.3 ? ` #keep${keep++}` : '');
  const lines = [`context: c0${comment()}`, `contexts:${comment()}`];
  const count = 1 + Math.floor(random() * 5);
  for (let i = 0; i < count; i++) {
    if (random() < 0.3) lines.push('', `${unit}#keep${keep++}`);
    lines.push(`${unit}${random() < 0.5 ? `c${i}` : `"c${i}"`}:${comment()}`);
    for (const field of ['endpoints', 'nodes']) {
      const items = Array.from({ length: Math.floor(random() * 4) }, (_, n) => `${field[0]}${n}`);
      const layout = random();
      if (items.length === 0) lines.push(`${unit}${unit}${field}: []${comment()}`);
      else if (layout < 0.3)
        lines.push(`${unit}${unit}${field}: [${items.join(random() < 0.5 ? ', ' : ',')}]${comment()}`);
      else {
        lines.push(`${unit}${unit}${field}:${comment()}`);
        for (const item of items) lines.push(`${unit}${unit}${layout < 0.6 ? '' : unit}- ${item}`);
      }
    }
    if (random() < 0.5) lines.push(`${unit}${unit}ca: |`, `${unit}${unit}${unit}QUJD`, `${unit}${unit}${unit}REVG`);
    if (random() < 0.5) lines.push(`${unit}${unit}key: S0VZ${comment()}`);
  }
  return (random() < 0.2 ? '\uFEFF' : '') + lines.join(eol) + (random() < 0.8 ? eol : '');
}

function randomEdits(random: () => number, text: string): readonly YamlEdit[] {
  const root = plainOf(parseYaml(text));
  const names = [
    ...((root as ReadonlyMap<string, PlainValue>).get('contexts') as ReadonlyMap<string, PlainValue>).keys(),
  ];
  const edits: YamlEdit[] = [];
  for (let i = 0; i < 1 + random() * 4; i++) {
    const index = Math.floor(random() * names.length);
    const name = names[index] ?? 'c0';
    const kind = random();
    if (kind < 0.5) {
      const items = ['e0', 'e1', 'e2', 'x', '010', 'n0'].filter(() => random() < 0.5);
      edits.push({ kind: 'set', path: ['contexts', name, random() < 0.5 ? 'endpoints' : 'nodes'], value: items });
    } else if (kind < 0.65)
      edits.push({ kind: 'set', path: ['contexts', name, random() < 0.5 ? 'ca' : 'key'], value: 'TkVX' });
    else if (kind < 0.75) {
      names.push(`n${i}`);
      edits.push({
        kind: 'set',
        path: ['contexts', `n${i}`],
        value: new Map<string, PlainValue>([
          ['endpoints', ['a']],
          ['extra', new Map([['b', 'c']])],
        ]),
      });
    } else if (kind < 0.9) {
      const to = ['1.10', '~', 'new name', `r${i}`][Math.floor(random() * 4)] ?? 'r';
      if (names.includes(to)) continue;
      names[index] = to;
      edits.push({ kind: 'rename', path: ['contexts', name], to });
    } else edits.push({ kind: 'set', path: ['context'], value: name });
  }
  return edits;
}
