import { expect, test } from 'vitest';
import { idleFlags, readCommandLine } from '../../../main/app/command-line.ts';
import { Failed } from '../../../main/lib/failed.ts';

test.each([
  [['--talosconfig='], 'has an empty path'],
  [['--talosconfig', ''], 'has an empty path'],
  [['--talosconfig'], 'needs a path'],
  [['--talosconfig', '--demo'], 'needs a path behind it'],
  [['--talosconfig', 'a', '--talosconfig', 'b'], 'is given 2 times'],
  [['--talosconfig=a', '--talosconfig'], 'is given 2 times'],
  [['--context'], '--context needs the name of a context'],
  [['--context', 'a\u202eb'], '--context needs the name of a context'],
  [['--context', 'a', '--context', 'b'], '--context is given more than once'],
  [['--nodes'], '--nodes needs names or addresses'],
  [['--nodes', 'cp-1,,cp-2'], '--nodes needs names or addresses'],
  [['--endpoints'], '--endpoints needs addresses'],
  [['--endpoints', '10.0.0.1,'], '--endpoints needs addresses'],
  [['--endpoints', '--context', 'lab'], '"--context", which is no address'],
  [['--endpoints', '10.0.0.1:0'], '"10.0.0.1:0", which is no address'],
  [['--endpoints', 'cp-1 cp-2'], '"cp-1 cp-2", which is no address'],
  [['--endpoints', 'cp\u202e-1'], '"cp\\u202e-1", which is no address'],
  [['--endpoints', 'cp,'.repeat(101).slice(0, -1)], 'more than 100 endpoints'],
])('%j is told in a sentence with what to write instead', (words, sentence) => {
  let told: unknown;
  try {
    readCommandLine(words);
  } catch (error) {
    told = error instanceof Failed ? error.failure : error;
  }

  expect(told).toMatchObject({
    code: 'invalid',
    message: expect.stringContaining(sentence) as string,
    hint: expect.stringMatching(/Write|Give/) as string,
  });
});

test('a path is taken as written, and what is not ours is left alone', () => {
  expect(readCommandLine(['--no-sandbox', '--talosconfig', 'x/config', '--demo'])).toMatchObject({
    talosconfig: 'x/config',
    demo: true,
  });
});

test('endpoints are taken as talosctl takes them, but beside a link and the demo, which is said', () => {
  const endpoints = (...words: readonly string[]): readonly string[] => readCommandLine(words).endpoints;
  const flags = ['--endpoints', '10.0.0.1, cp-2:50001', '--endpoints=https://lb.example'];

  expect(endpoints(...flags)).toEqual(['10.0.0.1', 'cp-2:50001', 'https://lb.example']);
  expect(idleFlags(flags, false)).toEqual([]);
  for (const [beside, why] of [
    ['--demo', 'the demo has endpoints of its own'],
    ['minos://context/prod', 'links come from anybody'],
    ['MINOS:', 'links come from anybody'],
  ] as const) {
    expect(endpoints(...flags, beside)).toEqual([]);
    expect(idleFlags([...flags, beside], false)).toEqual([expect.stringContaining(why)]);
  }
});
