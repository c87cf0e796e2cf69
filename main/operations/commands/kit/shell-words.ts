import { Failed } from '../../../lib/failed.ts';

/** A word of a command line, and where it began. */
interface Splitting {
  readonly words: string[];
  /** Undefined between words. */
  word: string | undefined;
}

/** Signs that mean something to a shell, outside quotes. */
const OPERATORS = '|&;<>()';

/**
 * Splits a line as a POSIX shell does: quotes, backslashes, a comment, a line that goes on after a backslash. Nothing is
 * expanded and nothing is run: pipes, redirections, `$NAME` and `$(…)` are refused by name. Throws Failed `invalid`.
 */
export function splitShellWords(line: string): readonly string[] {
  const split: Splitting = { words: [], word: undefined };
  let at = 0;
  while (at < line.length) {
    const sign = line[at] ?? '';
    if (sign === "'" || sign === '"') at = readQuoted(line, at, split);
    else if (line.startsWith("$'", at)) at = readEscaped(line, at + 2, split);
    else if (sign === '\\') {
      const next = line[at + 1] ?? '';
      if (next !== '\n') split.word = (split.word ?? '') + next;
      at += 2;
    } else if (/\s/.test(sign)) {
      endWord(split);
      at += 1;
    } else if (sign === '#' && split.word === undefined) {
      const end = line.indexOf('\n', at);
      at = end < 0 ? line.length : end;
    } else if (OPERATORS.includes(sign) || sign === '`' || (sign === '$' && startsExpansion(line, at))) {
      throw refused(sign);
    } else {
      split.word = (split.word ?? '') + sign;
      at += 1;
    }
  }
  endWord(split);
  return split.words;
}

function readQuoted(line: string, openAt: number, split: Splitting): number {
  const quote = line[openAt];
  let text = '';
  for (let at = openAt + 1; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (sign === quote) {
      split.word = (split.word ?? '') + text;
      return at + 1;
    }
    if (quote === '"') {
      if (sign === '`' || (sign === '$' && startsExpansion(line, at))) throw refused(sign);
      const next = line[at + 1] ?? '';
      if (sign === '\\' && '"\\$`\n'.includes(next) && next !== '') {
        if (next !== '\n') text += next;
        at += 1;
        continue;
      }
    }
    text += sign;
  }
  throw new Failed({
    code: 'invalid',
    message: `A quote ${quote ?? ''} is not closed.`,
    where: { field: quote ?? '' },
  });
}

const LETTERS: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', e: '\u001b', E: '\u001b', f: '\f', v: '\v' },
  ...{ '\\': '\\', "'": "'", '"': '"', '?': '?' },
};

/** A sign by its number, in the ways that shells write it within `$'…'`. */
const NUMBER = /^(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3}))/;

/** The rest of `$'…'`, as which Minos itself writes what a terminal would obey or hide. */
function readEscaped(line: string, from: number, split: Splitting): number {
  let text = '';
  for (let at = from; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (sign === "'") {
      split.word = (split.word ?? '') + text;
      return at + 1;
    }
    if (sign !== '\\') {
      text += sign;
      continue;
    }
    const rest = line.slice(at + 1, at + 10);
    const [written, byte, short, long, octal] = NUMBER.exec(rest) ?? [];
    const code = octal === undefined ? Number.parseInt(byte ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
    const isSign = written !== undefined && code > 0 && code <= 0x10ffff;
    text += isSign ? String.fromCodePoint(code) : (LETTERS[rest[0] ?? ''] ?? `\\${rest[0] ?? ''}`);
    at += isSign ? written.length : 1;
  }
  throw new Failed({ code: 'invalid', message: "A quote $' is not closed.", where: { field: "$'" } });
}

function startsExpansion(line: string, at: number): boolean {
  return /[A-Za-z_{(0-9?$!*@#'"-]/.test(line[at + 1] ?? '');
}

function endWord(split: Splitting): void {
  if (split.word !== undefined) split.words.push(split.word);
  split.word = undefined;
}

function refused(sign: string): Failed {
  const what =
    sign === '$' || sign === '`' ? 'does not expand variables or commands' : 'runs one command without a shell';
  return new Failed({
    code: 'invalid',
    message: `The line has "${sign}", and Minos ${what}.`,
    hint: 'Paste the talosctl command alone, with its values filled in.',
    where: { field: sign },
  });
}
