import { expect, test } from 'vitest';
import { readCommandLine } from '../../../main/app/command-line.ts';
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
