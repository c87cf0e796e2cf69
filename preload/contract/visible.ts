/**
 * Signs that act or hide instead of being seen: control codes, those that turn the reading direction, of no width, line
 * and paragraph ends of Unicode, halves of a surrogate pair, fillers, and code points that are no characters.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0\ufffe\uffff]|\u034f|\u17b4|\u17b5/gu;

const hex = (code: number, length: number): string => code.toString(16).padStart(length, '0');

/** `\u202e`, or `\u{e0041}` above the first plane. */
function written(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${hex(code, 5)}}` : `\\u${hex(code, 4)}`;
}

/** Text from outside on one line, with every unseen sign written out: it acts on no terminal, log or page. */
export function visible(text: string): string {
  return text.replace(UNSEEN, written);
}

/** As {@link visible}, for text of several lines: their ends and tabs stay. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (sign) => (sign === '\n' || sign === '\t' ? sign : written(sign)));
}

/** True for text that {@link visible} changes. */
export function hasUnseen(text: string): boolean {
  return text.search(UNSEEN) >= 0;
}

/** JSON text with unseen signs inside its texts as escapes, so that it reads back as the same. Line ends between stay. */
export function visibleJson(json: string): string {
  return json.replace(UNSEEN, (sign) => {
    if (sign === '\n') return sign;
    return Array.from({ length: sign.length }, (_each, at) => `\\u${hex(sign.charCodeAt(at), 4)}`).join('');
  });
}
