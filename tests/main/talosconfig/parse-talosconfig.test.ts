import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseTalosconfig } from '../../../main/talosconfig/parse-talosconfig.ts';
import { Failed } from '../../../main/lib/failed.ts';

const names = (text: string): readonly string[] => parseTalosconfig(text).contexts.map((c) => c.name);

function failureOf(text: string): {
  code: string;
  message: string;
  line?: number | undefined;
  column?: number | undefined;
} {
  try {
    parseTalosconfig(text, '/t');
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    const { code, message, where } = error.failure;
    return { code, message, line: where?.line, column: where?.column };
  }
  throw new Error('it was accepted');
}

test('reads every field of a context', () => {
  const parsed = parseTalosconfig(`# mine
context: prod
contexts:
    prod:
        target: 10.5.0.9
        endpoints: [10.5.0.2, "cp-2:50001"]
        nodes:
            - 10.5.0.2
        ca: Q0E=
        crt: Q1JU
        key: S0VZ
        cluster: c1
        proxy-url: socks5://localhost:1080
        extra: 1
    omni:
        endpoints: [https://omni.example]
        auth:
            siderov1:
                identity: a@example.org
    basic: {endpoints: [e], auth: {basic: {username: u, password: p}}}
`);

  const [prod, omni, basic] = parsed.contexts;
  expect({ ...prod, ca: prod?.ca?.reveal(), crt: prod?.crt?.reveal(), key: prod?.key?.reveal() }).toEqual({
    name: 'prod',
    line: 4,
    endpoints: ['10.5.0.2', 'cp-2:50001', '10.5.0.9'],
    nodes: ['10.5.0.2'],
    ca: 'Q0E=',
    crt: 'Q1JU',
    key: 'S0VZ',
    cluster: 'c1',
    proxyUrl: 'socks5://localhost:1080',
    auth: {},
    unknownFields: ['extra'],
    problems: [],
  });
  expect(omni?.auth).toEqual({ siderov1: { identity: 'a@example.org' } });
  expect([basic?.auth.basic?.username, basic?.auth.basic?.password.reveal()]).toEqual(['u', 'p']);
  expect([parsed.status, parsed.current, parsed.problems]).toEqual(['ready', 'prod', []]);
});

test('never prints key material', () => {
  const parsed = parseTalosconfig(
    'contexts: {a: {endpoints: [e], ca: SECRETCA, crt: SECRETCRT, key: SECRETKEY, auth: {basic: {username: u, password: SECRETPW}}}}',
  );

  expect(inspect(parsed, { depth: 9 }) + JSON.stringify(parsed)).not.toContain('SECRET');
});

test('names keep their spelling', () => {
  const text = `contexts:
  010: {endpoints: [a]}
  1.10: {endpoints: [a]}
  ~: {endpoints: [a]}
  __proto__: {endpoints: [a]}
  constructor: {endpoints: [a]}
  "": {endpoints: [a]}
  0x10: {endpoints: [a]}
  1e3: {endpoints: [a]}
  true: {endpoints: [a]}
  12345678901234567890123: {endpoints: [a]}
  "two\\nlines": {endpoints: [a]}
  ? |
    block
  : {endpoints: [a]}
`;

  expect(names(text)).toEqual([
    '010',
    '1.10',
    '~',
    '__proto__',
    'constructor',
    '',
    '0x10',
    '1e3',
    'true',
    '12345678901234567890123',
    'two\nlines',
    'block\n',
  ]);
});

test('a byte order mark and CRLF are fine', () => {
  const parsed = parseTalosconfig(
    '\uFEFFcontext: a\r\ncontexts:\r\n  a:\r\n    endpoints:\r\n    - 10.0.0.1\r\n    ca: |-\r\n      QQ==\r\n',
  );

  expect([
    parsed.current,
    parsed.contexts[0]?.endpoints,
    parsed.contexts[0]?.ca?.reveal(),
    parsed.contexts[0]?.problems,
  ]).toEqual(['a', ['10.0.0.1'], 'QQ==', []]);
});

describe('empty files', () => {
  test.each(['', '\n', '# nothing\n', '\uFEFF', '---\n', '--- # x\n...\n', '~\n'])('%j is empty', (text) => {
    expect(parseTalosconfig(text).status).toBe('empty');
  });

  test("talosctl's own empty file is ready, without contexts", () => {
    expect(parseTalosconfig('context: ""\ncontexts: {}\n')).toEqual({
      status: 'ready',
      contexts: [],
      current: '',
      problems: [],
    });
  });
});

describe('broken contexts are listed and the good ones still work', () => {
  test.each<[string, string, number, number, string | undefined]>([
    ['x: null', 'This context is empty (null); talosctl crashes on it.', 3, 3, undefined],
    ['x:', 'This context is empty (null); talosctl crashes on it.', 3, 3, undefined],
    ['x: [1]', 'This context is not a mapping of fields.', 3, 3, undefined],
    ['x: {endpoints: 10.0.0.1}', '“endpoints” is not a list.', 3, 7, 'endpoints'],
    ['x: {endpoints: {a: b}}', '“endpoints” is not a list.', 3, 7, 'endpoints'],
    ['x: {endpoints: [a, null]}', '“endpoints[1]” is empty.', 3, 22, 'endpoints[1]'],
    ['x: {endpoints: [a, ""]}', '“endpoints[1]” is empty.', 3, 22, 'endpoints[1]'],
    ['x: {endpoints: [a, [b]]}', '“endpoints[1]” is not text.', 3, 22, 'endpoints[1]'],
    ['x: {endpoints: [10]}', '“endpoints[0]” is a number, not an address.', 3, 19, 'endpoints[0]'],
    ['x: {endpoints: [a], ca: {}}', '“ca” is not text.', 3, 23, 'ca'],
    ['x: {endpoints: [a], auth: 1}', '“auth” is not a mapping.', 3, 23, 'auth'],
    [
      'x: {endpoints: [a], endpoints: [b]}',
      '“endpoints” appears more than once, on lines 3 and 3.',
      3,
      23,
      'endpoints',
    ],
    ['x: {<<: {endpoints: [a]}}', 'Merge keys (<<) are not supported.', 3, 7, '<<'],
    ['x: {endpoints: []}', 'This context has no endpoints, so there is nothing to connect to.', 3, 3, 'endpoints'],
  ])('%s', (entry, message, line, column, field) => {
    const parsed = parseTalosconfig(
      `context: good\ncontexts:\n  ${entry}\n  good: {endpoints: [10.0.0.1], nodes: null}\n`,
    );

    const problem = parsed.contexts[0]?.problems[0];
    expect([problem?.message, problem?.line, problem?.column, problem?.field]).toEqual([message, line, column, field]);
    expect(parsed.contexts[1]).toMatchObject({ name: 'good', endpoints: ['10.0.0.1'], problems: [] });
  });

  test('a context that appears twice is listed once and names both lines', () => {
    const parsed = parseTalosconfig(
      'contexts:\n  a: {endpoints: [x]}\n  b: {endpoints: [x]}\n  "a": {endpoints: [y]}\n',
    );

    expect(parsed.contexts.map((c) => [c.name, c.endpoints, c.problems.map((p) => p.message)])).toEqual([
      ['a', ['x'], ['This context appears more than once, on lines 2 and 4.']],
      ['b', ['x'], []],
    ]);
    expect(parsed.problems).toMatchObject([
      {
        severity: 'error',
        line: 4,
        message: 'The context “a” appears more than once, on lines 2 and 4; talosctl refuses the whole file.',
      },
    ]);
  });

  test('the current context may be undefined, null, or not text', () => {
    expect(parseTalosconfig('context: b\ncontexts: {a: {endpoints: [x]}}').problems).toMatchObject([
      { message: 'The current context “b” is not defined in this file.', line: 1 },
    ]);
    expect(parseTalosconfig('context: ~\ncontexts: {}').current).toBe('');
    expect(parseTalosconfig('context: []\ncontexts: {}').problems).toMatchObject([
      { message: '“context” is not text.' },
    ]);
  });
});

test('a merge key among the contexts is a problem, a context of that name is not', () => {
  const parsed = parseTalosconfig('x: &x {b: {endpoints: [e]}}\ncontexts:\n  <<: *x\n  a: {endpoints: [e]}\n');

  expect([parsed.contexts.map((c) => c.name), parsed.problems]).toMatchObject([
    ['a'],
    [{ severity: 'error', line: 3 }],
  ]);
  expect(names('contexts: {"<<": {endpoints: [e]}}')).toEqual(['<<']);
});

test('only the first document counts, and a second one is named', () => {
  const parsed = parseTalosconfig('contexts: {a: {endpoints: [x]}}\n---\ncontexts: [broken\n');

  expect([parsed.contexts.length, parsed.problems]).toMatchObject([1, [{ severity: 'warning', line: 2 }]]);
});

describe('files that are no talosconfig name line and column', () => {
  test.each<[string, string, number, number]>([
    ['contexts:\n  a: {endpoints: [x}\n', 'closing bracket', 2, 20],
    ['contexts:\n\ta: b\n', 'tab', 2, 1],
    ['contexts:\n  a: "x\n', 'open quote', 3, 1],
    ['contexts:\n  a: b\n c: d\n', 'indentation', 3, 1],
    ['- a\n', 'a list', 1, 1],
    ['hello\n', 'text', 1, 1],
    ['version: v1alpha1\nmachine: {}\n', 'a machine config', 1, 1],
    ['context: a\ncontexts: [a]\n', 'contexts as list', 2, 1],
    ['contexts: {}\ncontext: a\ncontexts: {}\n', 'contexts twice', 3, 1],
    ['contexts:\n  a: x\u0000y\n', 'null byte', 2, 7],
    ['contexts:\n  a: *none\n', 'unknown alias', 2, 6],
    [`contexts: ${'['.repeat(200_000)}`, 'deep nesting', 1, 0],
    [`contexts:\n${'- '.repeat(100_000)}`, 'deep lists', 2, 0],
  ])('%#', (text, _what, line, column) => {
    const failure = failureOf(text);

    expect([failure.code, failure.line]).toEqual(['file-invalid', line]);
    expect(failure.column).toBeGreaterThanOrEqual(1);
    if (column > 0) expect(failure.column).toBe(column);
  });

  test('the failure never quotes the file', () => {
    expect(JSON.stringify(failureOf('contexts:\n  a:\n    key: LS0tLS1CRUdJTi\n  LS0tLS1SECRET\n'))).not.toContain(
      'LS0t',
    );
  });
});

test('what aliases make is counted: a bomb is refused at the alias that is too much', () => {
  const levels = Array.from({ length: 40 }, (_, i) => `x${i + 1}: &x${i + 1} [*x${i}, *x${i}, *x${i}]`).join('\n');
  const failure = failureOf(`x0: &x0 [a]\n${levels}\ncontexts: {a: {endpoints: *x40}}\n`);

  expect(failure).toMatchObject({ code: 'file-invalid', line: 13 });
  expect(failure.message).toContain('aliases');
});

test('anchors and aliases as people use them are read', () => {
  const shared = Array.from({ length: 1_000 }, (_, i) => `  c${i}: {endpoints: *e, ca: *ca}\n`).join('');
  const parsed = parseTalosconfig(`e: &e [10.5.0.2]\nca: &ca ${'A'.repeat(1_000)}\ncontexts:\n${shared}`);

  expect(parsed.contexts).toHaveLength(1_000);
  expect(parsed.contexts[999]).toMatchObject({ endpoints: ['10.5.0.2'], problems: [] });
});

describe('what a file says is bounded before anything is made of it', () => {
  test('a list, an entry, a name or a text that is no address and no name', () => {
    const long = 'x'.repeat(5_000);
    const parsed = parseTalosconfig(
      `contexts:\n  a: {endpoints: [${'b,'.repeat(1_001)}]}\n  b: {endpoints: [${long}, ok]}\n  c: {endpoints: [a], cluster: ${long}}\n  ? ${long}\n  : {}\n`,
    );

    expect(parsed.contexts.map(({ name, endpoints }) => [name, endpoints])).toEqual([
      ['a', []],
      ['b', ['ok']],
      ['c', ['a']],
    ]);
    expect(parsed.contexts.map(({ problems }) => problems[0]?.message)).toEqual([
      '“endpoints” has 1,001 entries; at most 1,000 are read.',
      '“endpoints[0]” is longer than 1,024 characters.',
      '“cluster” is longer than 1,024 characters.',
    ]);
    expect(parsed.problems.map(({ message }) => message)).toEqual([
      'The name of this context is longer than 1,024 characters; it is not listed.',
    ]);
  });

  test('problems: the first ones are said, and how many more there are', () => {
    const parsed = parseTalosconfig(
      `contexts:\n  a: {endpoints: [${"'',".repeat(500)}]}\n${'  b: {}\n'.repeat(2_000)}${'  ? [x]\n  : y\n'.repeat(500)}`,
    );

    expect(parsed.contexts[0]?.problems).toHaveLength(51);
    expect(parsed.contexts[0]?.problems.at(-1)?.message).toBe('450 more problems are not listed.');
    expect(parsed.contexts[1]?.problems.at(-1)?.message).toBe(
      'This context appears more than once, on lines 3 and 4 and 5 and 6 and 7 and 1,995 more.',
    );
    expect(parsed.problems.at(-1)?.message).toBe('401 more problems are not listed.');
  });

  test('contexts: the first 20,000 are read, and how many there are is said', () => {
    const parsed = parseTalosconfig(`contexts:\n${Array.from({ length: 20_001 }, (_, i) => `  c${i}: {}\n`).join('')}`);

    expect(parsed.contexts).toHaveLength(20_000);
    expect(parsed.problems.map(({ message }) => message)).toEqual([
      'The file has 20,001 contexts; only the first 20,000 are read.',
    ]);
  });
});

test('a file that is encrypted with SOPS is said to be so', () => {
  const text =
    'context: a\ncontexts:\n    a: {endpoints: [b], ca: "ENC[AES256_GCM,data:x]"}\nsops:\n    version: 3.9.0\n';

  expect(parseTalosconfig(text).problems).toMatchObject([
    { severity: 'error', message: expect.stringContaining('encrypted with SOPS') as string, line: 4 },
  ]);
});

describe('names and values that YAML takes for something else than text', () => {
  const problemsOf = (text: string): readonly string[] => {
    const { problems, contexts } = parseTalosconfig(text);
    return [...problems, ...contexts.flatMap((one) => one.problems)].map(({ message }) => message);
  };
  const named = (name: string): string => `context: ""\ncontexts:\n    ${name}: {endpoints: [a]}\n`;

  // As talosctl's YAML library was seen to do.
  test.each(['~', 'null', 'Null', 'NULL'])('talosctl leaves out a context called %s', (name) => {
    expect(problemsOf(named(name))).toEqual([expect.stringMatching(/^talosctl leaves this context out/)]);
    expect(parseTalosconfig(named(name)).contexts[0]?.talosctl).toBe('drops');
  });

  test.each(['2001-01-01', '2001-1-1', '2001-01-01T10:00:00Z', '2001-01-01 10:00:00', '2024-02-29'])(
    'talosctl refuses a file with a context called %s',
    (name) => {
      expect(problemsOf(named(name))).toEqual([
        `talosctl refuses the whole file because of “${name}”.`,
        expect.stringMatching(/^talosctl refuses the whole file: the name .* is a date/),
      ]);
      expect(parseTalosconfig(named(name)).contexts[0]?.talosctl).toBe('refuses');
    },
  );

  test.each([
    'true',
    'yes',
    'n',
    'Off',
    '010',
    '0x10',
    '1.10',
    '1e3',
    '1_000',
    '.inf',
    '12:30',
    '2001-13-45',
    '2023-02-29',
    '2001-01-01x',
    '"~"',
    "'2001-01-01'",
    '"null"',
    '!!str 2001-01-01',
    '=',
  ])('talosctl takes %s as it is spelled', (name) => {
    expect(problemsOf(named(name))).toEqual([]);
  });

  test.each([
    'endpoints: [2001-01-01]',
    'ca: 2001-01-01',
    'endpoints: 2001-01-01',
    'cluster: []',
    'auth: ""',
    'endpoints: {}',
  ])('talosctl refuses a file with %s in a context', (field) => {
    const text = `context: ""\ncontexts:\n    a:\n        ${field}\n`;
    expect(parseTalosconfig(text).contexts[0]?.talosctl).toBe('refuses');
    expect(problemsOf(text)[0]).toBe('talosctl refuses the whole file because of “a”.');
  });

  test('and a file whose current context is a date', () => {
    expect(problemsOf(`context: 2001-01-01\ncontexts:\n    '2001-01-01': {endpoints: [a]}\n`)).toEqual([
      expect.stringMatching(/the current context without quotes is a date/),
    ]);
  });
});
