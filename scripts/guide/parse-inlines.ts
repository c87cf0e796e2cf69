import type { Inline } from '../../renderer/features/guide/guide-page.ts';

/** Code, strong, emphasis with `_`, links; a backslash takes the meaning from the sign behind it. */
const TOKEN = /\\([\\`*_[\]#<>])|`([^`]+)`|\*\*(.+?)\*\*|(?<![\w])_([^_]+)_(?![\w])|\[([^\]]+)\]\(([^)\s]+)\)/;

/** The pieces of one paragraph, which is a line. */
export function parseInlines(line: string): readonly Inline[] {
  const inlines: Inline[] = [];
  let rest = line;
  for (let found = TOKEN.exec(rest); found !== null; found = TOKEN.exec(rest)) {
    addText(inlines, rest.slice(0, found.index));
    const [whole, escaped, code, strong, emphasis, label = '', to] = found;
    if (escaped !== undefined) addText(inlines, escaped);
    else if (code !== undefined) inlines.push({ kind: 'code', text: code });
    else if (strong !== undefined) inlines.push({ kind: 'strong', inlines: parseInlines(strong) });
    else if (emphasis !== undefined) inlines.push({ kind: 'emphasis', inlines: parseInlines(emphasis) });
    else if (to !== undefined) inlines.push({ kind: 'link', to, inlines: parseInlines(label) });
    rest = rest.slice(found.index + whole.length);
  }
  addText(inlines, rest);
  return inlines;
}

function addText(inlines: Inline[], text: string): void {
  if (text === '') return;
  const last = inlines.at(-1);
  if (last?.kind === 'text') inlines[inlines.length - 1] = { kind: 'text', text: last.text + text };
  else inlines.push({ kind: 'text', text });
}
