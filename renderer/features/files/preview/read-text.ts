import { formatNumber } from '../../../lib/format.ts';

/** Bytes of a file as text, or that they are none. */
export type ReadText =
  | {
      readonly kind: 'text';
      /** Such as `UTF-8`, to be said. */
      readonly encoding: string;
      readonly text: string;
      /** Places that are no text of that encoding, drawn as `�`. */
      readonly broken: number;
    }
  | { readonly kind: 'binary' };

interface Mark {
  readonly bytes: readonly number[];
  readonly label: string;
  readonly encoding: string;
}

/** What a text may begin with to say how it is written. */
const MARKS: readonly Mark[] = [
  { bytes: [0xef, 0xbb, 0xbf], label: 'utf-8', encoding: 'UTF-8 with a mark' },
  { bytes: [0xff, 0xfe], label: 'utf-16le', encoding: 'UTF-16 (little end first)' },
  { bytes: [0xfe, 0xff], label: 'utf-16be', encoding: 'UTF-16 (big end first)' },
];

/** Bytes that are looked at for what no text has. */
const LOOKED_AT = 8192;
/** Of the characters looked at, more broken ones than this share are no text. */
const MOST_BROKEN = 0.1;
/** What a character of UTF-8 has after its first byte. */
const MOST_CONTINUED = 3;

/** What bytes of a file say. `hasBefore`: they begin in the middle of the file, perhaps of a character; `hasMore`: they end in it. */
export function readText(
  bytes: Uint8Array<ArrayBuffer>,
  { hasBefore = false, hasMore = false }: { readonly hasBefore?: boolean; readonly hasMore?: boolean } = {},
): ReadText {
  const mark = hasBefore ? undefined : MARKS.find((each) => each.bytes.every((byte, at) => bytes[at] === byte));
  if (mark === undefined && bytes.subarray(0, LOOKED_AT).includes(0)) return { kind: 'binary' };
  const first = hasBefore ? firstCharacter(bytes) : 0;
  const text = new TextDecoder(mark?.label ?? 'utf-8').decode(bytes.subarray(first), { stream: hasMore });
  const broken = text.split('\ufffd').length - 1;
  const sample = text.slice(0, LOOKED_AT);
  const brokenThere = sample.split('\ufffd').length - 1;
  if (brokenThere > sample.length * MOST_BROKEN || hasControls(sample)) return { kind: 'binary' };
  return { kind: 'text', encoding: mark?.encoding ?? 'UTF-8', text, broken };
}

/** Where the first whole character begins. */
function firstCharacter(bytes: Uint8Array): number {
  let at = 0;
  while (at < MOST_CONTINUED && at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80) at += 1;
  return at;
}

/** Tab, the ends of lines and pages, and what colours of a log begin with. */
const SEEN_IN_TEXTS: ReadonlySet<number> = new Set([9, 10, 11, 12, 13, 27]);

/** Whether much of it is codes that programs write, terminals obey and texts seldom hold. */
function hasControls(text: string): boolean {
  let found = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 && !SEEN_IN_TEXTS.has(code)) found += 1;
  }
  return found > text.length * MOST_BROKEN;
}

/** Characters of a line that are drawn. */
const MOST_LINE = 4000;

/** Lines to be drawn; a very long one is cut, and says by how much. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) =>
    line.length <= MOST_LINE
      ? line
      : `${line.slice(0, MOST_LINE)} … (${formatNumber(line.length - MOST_LINE)} more characters in this line)`,
  );
}
