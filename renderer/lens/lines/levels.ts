import type { LensLevel } from '../protocol.ts';

/** From worst to least; `none` is a line that says none. Counts by level stand in this order. */
export const LENS_LEVELS: readonly LensLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'none'];

const FATAL = 0;
const ERROR = 1;
const WARN = 2;
const INFO = 3;
const DEBUG = 4;
/** Place of `none` in {@link LENS_LEVELS}. */
export const NO_LEVEL = 5;

const WORDS: Readonly<Record<string, number>> = {
  ...{ fatal: FATAL, panic: FATAL, dpanic: FATAL, emerg: FATAL, emergency: FATAL, alert: FATAL, crit: FATAL },
  ...{ critical: FATAL, f: FATAL, error: ERROR, err: ERROR, severe: ERROR, e: ERROR, eror: ERROR },
  ...{ warn: WARN, warning: WARN, w: WARN, info: INFO, information: INFO, informational: INFO, notice: INFO },
  ...{ i: INFO, n: INFO, debug: DEBUG, debu: DEBUG, trace: DEBUG, d: DEBUG, t: DEBUG, verbose: DEBUG },
};

/** The place of a level's word in {@link LENS_LEVELS}, whatever its case; undefined for another word. */
function levelOfWord(word: string): number | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(WORDS, lower) ? WORDS[lower] : undefined;
}

/** The level of a number as pino and bunyan write it, 10 to 60. */
function levelOfNumber(number: number): number {
  if (number >= 60) return FATAL;
  if (number >= 50) return ERROR;
  if (number >= 40) return WARN;
  return number >= 30 ? INFO : DEBUG;
}

/** How far into a line its level is looked for. */
const LOOKED_AT = 160;

const KLOG = /^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d/;
const KERNEL = /^[a-z0-7]{3,9}: {1,8}(emerg|alert|crit|err|warning|notice|info|debug): \[/;
const JSON_LEVEL = /"(?:level|severity|lvl|levelname|log\.level|L)" ?: ?(?:"([A-Za-z]{1,13})"|(\d\d)\b)/;
const LOGFMT = /(?:^|\s)(?:level|lvl|severity)="?([A-Za-z]{1,13})\b/;
/** A word of its own that is written large, or stands in brackets, or before a colon at the start. */
const LARGE =
  /(?:^|[\s[(|])(FATAL|PANIC|EMERG|ALERT|CRIT|CRITICAL|ERROR|ERR|WARN|WARNING|INFO|NOTICE|DEBUG|TRACE)(?=[\s\]):|]|$)/;
const BRACKETS = /\[ ?([A-Za-z]{1,9}) ?\]/;
const AT_START = /^([A-Za-z]{3,9}):(?=\s)/;

/**
 * The level a line says, as its place in {@link LENS_LEVELS}. `from` is where its text begins after a time in front of it.
 * Words in the middle of a sentence ("no error") are none.
 */
export function levelOf(line: string, from: number): number {
  const head = line.slice(from, from + LOOKED_AT);
  const first = head.charCodeAt(0);
  const second = head.charCodeAt(1);
  // Of klog, `I0821 `.
  if (second >= 48 && second <= 57) {
    const letter = KLOG.exec(head)?.[1];
    if (letter !== undefined) return WORDS[letter.toLowerCase()] ?? NO_LEVEL;
  }
  // JSON: the level may stand after a long message.
  if (first === 123) return jsonLevel(line.length > 4096 ? line.slice(0, 4096) : line);
  const kernel = KERNEL.exec(head)?.[1];
  if (kernel !== undefined) return WORDS[kernel] ?? NO_LEVEL;
  const found = LOGFMT.exec(head)?.[1] ?? LARGE.exec(head)?.[1] ?? AT_START.exec(head)?.[1];
  if (found !== undefined) {
    const level = levelOfWord(found);
    if (level !== undefined) return level;
  }
  const bracketed = BRACKETS.exec(head)?.[1];
  return (bracketed !== undefined ? levelOfWord(bracketed) : undefined) ?? NO_LEVEL;
}

function jsonLevel(line: string): number {
  const match = JSON_LEVEL.exec(line);
  if (match === null) return NO_LEVEL;
  const [, word, number] = match;
  return number === undefined ? (levelOfWord(word ?? '') ?? NO_LEVEL) : levelOfNumber(Number(number));
}
