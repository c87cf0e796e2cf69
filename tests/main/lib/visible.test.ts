import { expect, test } from 'vitest';
import { failure } from '../../../main/lib/failed.ts';
import { createLog } from '../../../main/lib/log.ts';
import { hasUnseen, visible, visibleJson, visibleText } from '../../../main/lib/visible.ts';

/** One of every kind of sign that acts or hides. */
const UNSEEN = [
  ...['\u0000', '\u0007', '\b', '\r', '\u001b[31m', '\u007f', '\u0085', '\u009b31m', '\u00ad', '\u061c', '\u180e'],
  ...['\u200b', '\u200d', '\u200e', '\u200f', '\u2028', '\u2029', '\u202a', '\u202e', '\u2060', '\u2066', '\u2069'],
  ...['\ufeff', '\ufff9', '\uffff', '\ud800', '\udc00', '\u3164', '\u{e0041}'],
];

test.each(UNSEEN)('%j is written out wherever text from outside is printed', (sign) => {
  const text = `before${sign}after`;
  const lines: string[] = [];

  createLog({ now: () => 0, sink: (line) => lines.push(line) }).write('info', text, { text, nested: { text } });
  const { message, hint, details } = failure({ code: 'invalid', message: text, hint: text, details: text });

  for (const shown of [visible(text), visibleText(text), ...lines, message, hint, details]) {
    expect(hasUnseen(shown ?? '')).toBe(false);
    expect(shown).toContain('before');
  }
  expect(JSON.parse(visibleJson(JSON.stringify({ text })))).toEqual({ text });
  expect(hasUnseen(visibleJson(JSON.stringify({ text })))).toBe(false);
});

test('what can be seen stays as it is, in every script', () => {
  const text = 'Grüße, 東京 · ελληνικά 🚀 "quoted" \\ back';

  expect(visible(text)).toBe(text);
  expect(visibleText('a\n\tb')).toBe('a\n\tb');
  expect(visible('a\n\tb\u202e\u{e0041}')).toBe('a\\u000a\\u0009b\\u202e\\u{e0041}');
});

test('a failure keeps no sign-in of an address that somebody put into its words', () => {
  const text = 'cannot dial http://user:hunter2@proxy:3128 with Basic dXNlcjpodW50ZXIy';

  expect(JSON.stringify(failure({ code: 'unreachable', message: text, hint: text, details: text }))).not.toMatch(
    /hunter2|dXNlcjpodW50ZXIy/,
  );
});
