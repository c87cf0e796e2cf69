import { RE2JS, RE2JSSyntaxException } from 're2js';
import { formatNumber } from '../../lib/format.ts';
import type { LensPattern } from '../protocol.ts';

/** Longer patterns are refused, and such as become more than so many instructions (`.{1000}` is a thousand). */
const MOST_PATTERN = 1000;
const MOST_INSTRUCTIONS = 5000;

/** What a pattern says is wrong with it, in one sentence. */
export class WrongPattern extends Error {
  override readonly name = 'WrongPattern';
}

/** Finds a pattern in lines. None runs for longer than in proportion to the length of a line, whatever the pattern. */
export interface Matcher {
  /** A text that every line it finds has, for finding candidates fast; compared without regard to case if `isFolded`. */
  readonly needle: string | undefined;
  readonly isFolded: boolean;
  /** The needle is all there is to find. */
  readonly isNeedleAll: boolean;
  test(line: string): boolean;
  /** `[from, to)` of at most `most` places. */
  ranges(line: string, most: number): readonly (readonly [number, number])[];
}

/**
 * Compiles a pattern (docs/adr/0036). A regular expression that cannot take long runs as the engine's own, which is fastest; every
 * other by RE2's rules, in time that grows with the line alone, so that none can run for ever. Throws {@link WrongPattern}.
 */
export function compile({ text, isRegex, isCaseSensitive }: LensPattern): Matcher {
  if (text.length > MOST_PATTERN)
    throw new WrongPattern(`A pattern has at most ${formatNumber(MOST_PATTERN)} characters.`);
  if (!isRegex) return isCaseSensitive ? plain(text) : folded(text);
  const whole = linear(text, isCaseSensitive);
  const inner = core(text);
  const most = nativeLength(inner);
  return most > 0 ? native(inner, isCaseSensitive, most, whole) : whole;
}

function plain(needle: string): Matcher {
  return {
    ...{ needle, isFolded: false, isNeedleAll: true },
    test: (line) => line.includes(needle),
    ranges: (line, most) => placesOf(line, needle, most),
  };
}

function placesOf(line: string, needle: string, most: number): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let at = line.indexOf(needle);
  while (at >= 0 && found.length < most) {
    found.push([at, at + needle.length]);
    at = line.indexOf(needle, at + Math.max(1, needle.length));
  }
  return found;
}

function folded(text: string): Matcher {
  const needle = text.toLowerCase();
  const escaped = new RegExp(text.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`), 'gi');
  const ranges = rangesBy(escaped);
  return {
    ...{ needle, isFolded: true, isNeedleAll: true },
    test: (line) => line.toLowerCase().includes(needle),
    ranges: (line, most) => {
      const lower = line.toLowerCase();
      // Some letters become longer.
      return lower.length === line.length ? placesOf(lower, needle, most) : ranges(line, most);
    },
  };
}

/** Steps that the engine's own search of one line may take: some ten milliseconds. */
const MOST_STEPS = 20_000_000;
const MOST_NATIVE_LINE = 2000;

/**
 * Repetition that is counted, or of more than a single sign, groups with a meaning of their own, references, and what the two
 * engines read differently (`\A`, `[[:alpha:]]`, `[]a]`, signs of two halves).
 */
const NEVER_NATIVE = /\{|\(\?|\)[*+?]|\[\^?\]|\[:|\\(?![dDwWsSbBtnrfv]|\W)|[\ud800-\udfff]/;

/**
 * On lines of up to how many characters a pattern may run as the engine's own; 0 for none. With at most one repetition, of a
 * single sign, the engine tries, from each place of the line, every length of that and every way through choices, and walks at
 * most the pattern for each. Choices are counted as if they stood where they cost most.
 */
function nativeLength(text: string): number {
  if (NEVER_NATIVE.test(text)) return 0;
  const count = (sign: string): number => text.split(sign).length - 1;
  const repeats = count('*') + count('+');
  if (repeats > 1) return 0;
  const groups = count('(') + 1;
  const ways = 2 ** count('?') * (count('|') / groups + 1) ** groups;
  const places = MOST_STEPS / (ways * text.length);
  return Math.min(MOST_NATIVE_LINE, Math.floor(repeats === 0 ? places : Math.sqrt(places)));
}

/** Whatever stands around what is found need not be looked at to know that it is there. */
function core(text: string): string {
  const [, inner = ''] = /^(?:\.\*\??)?([^]*?)(?:\.\*)?$/.exec(text) ?? [];
  return inner === '' || /^[?*+]|\\$/.test(inner) ? text : inner;
}

function native(text: string, isCaseSensitive: boolean, most: number, whole: Matcher): Matcher {
  const pattern = new RegExp(text, isCaseSensitive ? '' : 'i');
  return { ...whole, test: (line) => (line.length > most ? whole.test(line) : pattern.test(line)) };
}

function linear(text: string, isCaseSensitive: boolean): Matcher {
  let pattern: RE2JS;
  try {
    pattern = RE2JS.compile(RE2JS.translateRegExp(text), isCaseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    if (/\(\?(?:[=!]|<[=!])|\\[1-9]|\\k</.test(text)) {
      throw new WrongPattern(
        'Looking ahead or behind and references to groups are not offered: such a search may run for ever.',
      );
    }
    throw new WrongPattern(sentence(error instanceof RE2JSSyntaxException ? error.message : ''));
  }
  if (pattern.programSize() > MOST_INSTRUCTIONS)
    throw new WrongPattern('This pattern repeats too much: a search for it would take too long.');
  return {
    ...needleOf(text, isCaseSensitive),
    test: (line) => pattern.test(line),
    ranges: (line, most) => {
      const matcher = pattern.matcher(line);
      const found: (readonly [number, number])[] = [];
      while (found.length < most && matcher.find()) found.push([matcher.start(), matcher.end()]);
      return found.filter(([from, to]) => to > from);
    },
  };
}

function sentence(why: string): string {
  const plainWhy = why.replace(/^error parsing regexp: /, '').slice(0, 200);
  return plainWhy === '' ? 'This is no regular expression.' : `This is no regular expression: ${plainWhy}.`;
}

function rangesBy(pattern: RegExp): Matcher['ranges'] {
  return (line, most) => {
    const found: (readonly [number, number])[] = [];
    for (const match of line.matchAll(pattern)) {
      if (match[0] !== '') found.push([match.index, match.index + match[0].length]);
      if (found.length >= most) break;
    }
    return found;
  };
}

/** The longest run of plain characters that every match has. Only of patterns without choices, where that is certain. */
function needleOf(text: string, isCaseSensitive: boolean): Pick<Matcher, 'needle' | 'isFolded' | 'isNeedleAll'> {
  const none = { needle: undefined, isFolded: false, isNeedleAll: false };
  if (/[|([{\\]/.test(text)) return none;
  // A character that may be missing ends a run and is not in it.
  const runs = text.split(/.[*?]\??|[.^$]|\+\??/u).filter((run) => run !== '');
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest.length < 2) return none;
  return { needle: isCaseSensitive ? longest : longest.toLowerCase(), isFolded: !isCaseSensitive, isNeedleAll: false };
}
