import { deserialize, serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { parseTalosconfig } from '../../../main/talosconfig/parse-talosconfig.ts';
import { isLargeText } from '../../../main/yaml/bounds/yaml-cost.ts';
import { recogniseText } from '../../../main/talosconfig/recognise/recognise-text.ts';
import { redactedDiff } from '../../../main/yaml/redacted-diff.ts';
import { contentHashes, editTalosconfig } from '../../../main/talosconfig/talosconfig-edit.ts';
import { fromWire, toWire } from '../../../main/text-work/crossing.ts';
import { Secret } from '../../../main/lib/secret.ts';
import { Failed } from '../../../main/lib/failed.ts';
import { threadTimeMs } from '../../fakes/thread-time.ts';

/** `SEED=n` runs one sequence again, `FUZZ_ROUNDS=n` more or fewer. */
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 10_000);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

const base64 = 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJQakNCOGFBREFnRUM='.repeat(12);
const SEEDS: readonly string[] = [
  `context: prod\ncontexts:\n    prod:\n        endpoints:\n            - 10.5.0.2\n            - 10.5.0.3\n        nodes: [10.5.0.2]\n        ca: ${base64}\n        crt: ${base64}\n        key: ${base64}\n`,
  `# comments\r\ncontext: "010" # here\r\ncontexts:\r\n  "010": {endpoints: [a, b], auth: {siderov1: {identity: a@b}}}\r\n  ~:\r\n    endpoints: []\r\n    ca: |\r\n      ${base64}\r\n`,
  `\uFEFFcontexts:\n  __proto__: &x {endpoints: [a]}\n  constructor: *x\n  ? "two\\nlines"\n  : null\ncontext: __proto__\n---\nsecond: document\n`,
];
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ': ',
  '- ',
  '\n',
  '\r',
  '\t',
  '  ',
  '"',
  "'",
  '|',
  '>',
  '&a ',
  '*a',
  '!!binary ',
  '!x',
  '%YAML 9\n',
  '---\n',
  '...\n',
  '# ',
  '\0',
  '\u0007',
  '\u202E',
  '\uFEFF',
  '\uD800',
  '😀',
  'null',
  '~',
  '010',
  '<<: *x',
  '? ',
  ', ',
  '__proto__',
  'contexts:',
  'context: ',
  'endpoints: ',
  'x'.repeat(2_000),
  '['.repeat(300),
  '- '.repeat(300),
  '{a: '.repeat(200),
  ' '.repeat(500),
  '\n'.repeat(50),
  '\\',
  '"\\x',
  '@',
  '`',
];

function generator(seed: number): (n: number) => number {
  let state = seed | 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % n;
  };
}

function mutate(random: (n: number) => number): string {
  let text = SEEDS[random(SEEDS.length)] ?? '';
  for (let i = 1 + random(6); i > 0; i--) {
    const at = random(text.length + 1);
    const length = random(3) === 0 ? random(200) : random(4);
    const piece = PIECES[random(PIECES.length)] ?? '';
    const kind = random(4);
    if (kind === 0) text = text.slice(0, at) + piece + text.slice(at);
    else if (kind === 1) text = text.slice(0, at) + text.slice(at + length);
    else if (kind === 2) text = text.slice(0, at) + piece + text.slice(at + length);
    else text = text.slice(0, at) + text.slice(random(text.length + 1), random(text.length + 1)) + text.slice(at);
  }
  return text;
}

test(
  `${ROUNDS} mutated talosconfigs are read or refused with line and column, quickly (seed ${SEED})`,
  { timeout: 300_000 },
  () => {
    const random = generator(SEED);
    let accepted = 0;
    const slow: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const text = mutate(random);
      const why = `seed ${SEED}, round ${round}: ${JSON.stringify(text)}`;
      const start = threadTimeMs();
      let failure: Failed | undefined;
      try {
        const parsed = parseTalosconfig(text, '/f');
        accepted++;
        expect(new Set(parsed.contexts.map((c) => c.name)).size, why).toBe(parsed.contexts.length);
      } catch (error) {
        if (!(error instanceof Failed)) throw new Error(why, { cause: error });
        failure = error;
      }
      const tookMs = threadTimeMs() - start;
      if (tookMs > 50) slow.push(tookMs);
      if (failure) {
        const { line = 0, column = 0, file } = failure.failure.where ?? {};
        expect([failure.failure.code, line > 0, column > 0, file], why).toEqual(['file-invalid', true, true, '/f']);
        const lines = text.split('\n');
        expect(line, why).toBeLessThanOrEqual(lines.length);
        // Never a piece of the key.
        expect(JSON.stringify(failure.failure), why).not.toContain('LS0tLS1');
      }
      // An edit is done or refused; it never throws anything else.
      try {
        editTalosconfig(text, [{ kind: 'set-endpoints', name: 'prod', endpoints: ['10.9.0.1'] }]);
      } catch (error) {
        if (!(error instanceof Failed)) throw new Error(why, { cause: error });
      }
    }
    expect(accepted).toBeGreaterThan(ROUNDS / 20);
    // One in a thousand may meet the compiler or the garbage collector.
    expect(slow.length, `slow: ${slow.map(Math.round).join(', ')} ms`).toBeLessThanOrEqual(Math.ceil(ROUNDS / 1_000));
  },
);

test.each<[string, (n: number) => string]>([
  [
    'an ordinary talosconfig',
    (n) =>
      `contexts:\n${Array.from({ length: n / 100 }, (_, i) => `  c${i}: {endpoints: [10.5.0.2, 10.5.0.3], ca: ${base64}, crt: ${base64}, key: ${base64}}\n`).join('')}`,
  ],
  ['brackets', (n) => `contexts: ${'['.repeat(n)}`],
  ['braces', (n) => `contexts: ${'{a: '.repeat(n)}`],
  ['dashes', (n) => `contexts:\n${'- '.repeat(n)}`],
  ['question marks', (n) => `contexts:\n${'? '.repeat(n)}`],
  ['an open quote', (n) => `contexts: "${'x\n'.repeat(n)}`],
  [
    'indentation',
    (n) => `contexts:\n${Array.from({ length: Math.sqrt(n) }, (_, i) => `${' '.repeat(i + 1)}a:`).join('\n')}`,
  ],
  ['anchors', (n) => `contexts: {${Array.from({ length: n }, (_, i) => `a${i}: &a${i} {endpoints: [x]}`).join(', ')}}`],
  [
    'aliases',
    (n) => `contexts: {a: &a {endpoints: [x]}, ${Array.from({ length: n }, (_, i) => `b${i}: *a`).join(', ')}}`,
  ],
  ['a very long name', (n) => `contexts: {${'x'.repeat(n)}: {}}`],
  ['commas', (n) => `contexts: {${','.repeat(n)}}`],
  ['a very long tag', (n) => `contexts: !${'x'.repeat(n)} {}`],
  ['line ends', (n) => '\n'.repeat(n)],
  ['comments', (n) => '# x\n'.repeat(n)],
  ['tabs', (n) => `contexts:\n${'\t'.repeat(n)}a: b`],
  ['spaces before a comment', (n) => `contexts: {}${' '.repeat(n)}# x`],
  ['names that appear again and again', (n) => `contexts: {${'a: {}, '.repeat(n)}}`],
  ['escapes', (n) => `contexts: "${'\\u0041'.repeat(n)}"`],
  ['unknown escapes', (n) => `contexts: "${'\\q'.repeat(n)}"`],
])('the largest text that is read in place is read quickly: %s', (_what, make) => {
  let size = 256 * 1024;
  while (isLargeText(make(size))) size = Math.floor(size * 0.8);
  const text = make(size);
  const start = threadTimeMs();
  try {
    parseTalosconfig(text);
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
  }

  // 50 ms on a quiet machine.
  expect(threadTimeMs() - start).toBeLessThan(150);
});

test('an alias bomb is refused by everything that reads a text, in no time', () => {
  const levels = Array.from(
    { length: 12 },
    (_, i) => `    l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(',')}]\n`,
  );
  const text = `contexts:\n  good: {endpoints: [a]}\n  bomb:\n    endpoints: [x]\n    l0: &l0 [y, y]\n${levels.join('')}`;
  const refusal = /^Line 11, column \d+: what the aliases \(\*name\) up to here stand for/;
  const start = threadTimeMs();

  expect(() => recogniseText(text, 'x')).toThrow(refusal);
  expect(() => contentHashes(text)).toThrow(refusal);
  expect(() => editTalosconfig(text, [{ kind: 'set-endpoints', name: 'bomb', endpoints: ['b'] }])).toThrow(refusal);
  expect(redactedDiff(text, '').map((line) => line.text)).toEqual([expect.stringContaining('cannot be read as YAML')]);

  expect(threadTimeMs() - start).toBeLessThan(500);
});

test('a value that is shared crosses to the worker once, however large and however often it is used', () => {
  const text = 'A'.repeat(100_000);
  const many = Array.from({ length: 10_000 }, () => ({ ca: text, secret: new Secret(text) }));

  const bytes = serialize(toWire(many));
  expect(bytes.length).toBeLessThan(1_000_000);
  expect(fromWire(deserialize(bytes))).toEqual(many);
});
