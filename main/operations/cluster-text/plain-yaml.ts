/** Longer texts of a cluster are never read on main's thread. */
const MAX_PLAIN_LENGTH = 8 * 1024;

/** Lines of a text that is read on main's thread. */
const MAX_LINES = 200;
/** Signs that are rare in what Talos writes; a hostile text is made of them. */
const MAX_RARE = 48;
/** `- - - key: value` is nested once for each mark. */
const MAX_MARKS_IN_LINE = 8;
/** Columns of indentation: sixteen levels as Talos writes them. */
const MAX_INDENT = 64;

const RARE = new Uint8Array(128);
for (const sign of '[]{},?&*!|>%@`\\#"\'\t\r~<=') RARE[sign.charCodeAt(0)] = 1;

const [NEWLINE, SPACE, DASH, COLON] = [10, 32, 45, 58];

/**
 * True for YAML that costs no more than a few ms whatever it says: short, and nearly free of signs that make the parser nest,
 * copy or report errors. One look at each character. The work of the YAML library grows with the square of some of these
 * signs, and with keys that are mappings it doubles with each, so that length alone bounds nothing.
 */
export function isPlainYaml(text: string): boolean {
  if (text.length > MAX_PLAIN_LENGTH) return false;
  let lines = 0;
  let rare = 0;
  let marks = 0;
  let indent = 0;
  let isStart = true;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) {
      if (++lines > MAX_LINES) return false;
      [marks, indent, isStart] = [0, 0, true];
    } else if (code === SPACE) {
      if (isStart && ++indent > MAX_INDENT) return false;
    } else {
      if ((code === DASH || code === COLON) && isMark(text, at) && ++marks > MAX_MARKS_IN_LINE) return false;
      // Columns after `- ` are indentation as well, but of these there are few.
      isStart = false;
      if (RARE[code] === 1 && ++rare > MAX_RARE) return false;
    }
  }
  return true;
}

/** A dash or colon that stands for something: what follows is a space or the end of the line. */
function isMark(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return next === SPACE || next === NEWLINE || Number.isNaN(next);
}
