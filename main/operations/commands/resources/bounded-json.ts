/** Longer texts end in `…`: more than a cell shows anyway. */
export const MAX_LENGTH = 20_000;
/** Deeper values are `…`, or a chain of maps would end the stack. */
const MAX_DEPTH = 64;

/** JSON with integers of any length, which `JSON.stringify` refuses, and of bounded length whatever the value is. */
export function boundedJson(value: unknown): string {
  const pieces: string[] = [];
  let length = 0;
  const write = (text: string): void => {
    pieces.push(text);
    length += text.length;
  };
  const visit = (one: unknown, depth: number): void => {
    if (length > MAX_LENGTH) return;
    if (typeof one === 'string') write(textJson(one));
    else if (typeof one === 'bigint') write(one.toString());
    else if (one === null || typeof one !== 'object') write(JSON.stringify(one) ?? 'null');
    else if (depth === MAX_DEPTH) write('"…"');
    else if (Array.isArray(one)) {
      write('[');
      for (const [index, item] of one.entries()) {
        if (length > MAX_LENGTH) return;
        if (index > 0) write(',');
        visit(item, depth + 1);
      }
      write(']');
    } else {
      write('{');
      let comma = '';
      // Not a list of entries, which would be made whole before the first is written.
      for (const key in one) {
        if (length > MAX_LENGTH) return;
        write(`${comma}${textJson(key)}:`);
        visit((one as Readonly<Record<string, unknown>>)[key], depth + 1);
        comma = ',';
      }
      write('}');
    }
  };
  visit(value, 0);
  const text = pieces.join('');
  return length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

/** Of a long text only what can be shown. */
const textJson = (text: string): string =>
  JSON.stringify(text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH + 1) : text);
