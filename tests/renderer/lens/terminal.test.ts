import { expect, test } from 'vitest';
import { mayNeedPlain, plainLine } from '../../../renderer/lens/lines/terminal.ts';

const ESC = '\u001b';

test('colours become pieces of the text, and reset ends them', () => {
  expect(plainLine(`a ${ESC}[31mred${ESC}[0m b`)).toEqual({ text: 'a red b', spans: [{ from: 2, to: 5, colour: 1 }] });
  expect(plainLine(`${ESC}[1;93mx${ESC}[22;39my`)).toEqual({
    text: 'xy',
    spans: [{ from: 0, to: 1, colour: 11, isBold: true }],
  });
  expect(plainLine(`${ESC}[2mdim${ESC}[m`).spans).toEqual([{ from: 0, to: 3, isDim: true }]);
});

test('colours of 256 and of 16 million become the nearest of the palette', () => {
  expect(plainLine(`${ESC}[38;5;196mx`).spans[0]?.colour).toBe(1);
  expect(plainLine(`${ESC}[38;2;80;255;90mx`).spans[0]?.colour).toBe(10);
  expect(plainLine(`${ESC}[48;5;4mx`).spans).toEqual([]);
});

test.each([
  ['a title', `${ESC}]0;owned\u0007`, '\\u001b]0;owned\\u0007'],
  ['the clipboard', `${ESC}]52;c;ZXZpbA==${ESC}\\`, '\\u001b]52;c;ZXZpbA==\\u001b\\'],
  ['a link', `${ESC}]8;;https://evil.example${ESC}\\here`, '\\u001b]8;;https://evil.example\\u001b\\here'],
  ['a movement', `${ESC}[2J${ESC}[H`, '\\u001b[2J\\u001b[H'],
  ['a NUL', 'a\u0000b', 'a\\u0000b'],
  ['one byte of control', 'a\u009b31mb', 'a\\u009b31mb'],
  ['a turn of direction', 'a\u202eb', 'a\\u202eb'],
  ['a carriage return', 'safe\rfake', 'safe\\u000dfake'],
])('%s is written out', (_what, raw, text) => {
  expect(plainLine(raw)).toEqual({ text, spans: [] });
});

test('tabs, accents and pictures stay as they are', () => {
  expect(plainLine('a\tß 🎉').text).toBe('a\tß 🎉');
  expect(mayNeedPlain('plain\ttext\nof two lines')).toBe(false);
});

test('a colour for each of ten thousand signs is bounded', () => {
  expect(plainLine(`${ESC}[31mx${ESC}[32my`.repeat(10_000)).spans.length).toBeLessThanOrEqual(200);
});
