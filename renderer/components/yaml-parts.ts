/** One line of YAML, taken apart to be drawn. Its parts together are the line. */
export interface YamlLine {
  readonly indent: string;
  /** With its colon; '' where the line has none. */
  readonly key: string;
  readonly value: string;
  readonly comment: string;
}

/** Longer texts are drawn plainly: thousands of pieces would hold up the page. */
const MAX_LENGTH = 100_000;

const LINE = /^(\s*(?:- )*)((?:"(?:[^"\\]|\\.)*"|[^\s:#"'{[&*!|>%@`-][^:#]*|-[^\s:#][^:#]*):(?=\s|$))?(.*)$/;

/** Lines with their keys apart. Only for drawing: it does not understand YAML and loses nothing. */
export function yamlParts(text: string): readonly YamlLine[] | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      if (/^\s*#/.test(line)) return { indent: '', key: '', value: '', comment: line };
      const [, indent = '', key = '', value = ''] = LINE.exec(line) ?? [];
      return { indent, key, value: indent + key + value === line ? value : line, comment: '' };
    });
}
