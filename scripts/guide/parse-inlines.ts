import type { Inline } from '../../renderer/features/guide/guide-page.ts';

/** Code, strong, emphasis with `_`, links; a backslash takes the meaning from the sign behind it. */
const TOKEN = /\\([\\`*_[\]#<>])|`([^`]+)`|\*\*(.+?)\*\*|(?<![\w])_([^_]+)_(?![\w])|\[([^\]]+)\]\(([^)\s]+)\)/;

/** What would be read as a mark elsewhere: a half one, emphasis with `*`, a picture in a sentence, a link by name, HTML. */
const LEFT = /[`*]|\]\(|\]\[|!$|<[a-z/!]/i;

/** What a build ends with, rather than showing it wrong. */
export const cannotShow = (text: string): Error =>
  new Error(`The user guide has something at "${text.slice(0, 60)}" that the guide in the app cannot show.`);

/** The pieces of one paragraph, which is a line. Throws for marks that are none of these. */
export function parseInlines(line: string): readonly Inline[] {
  const inlines: Inline[] = [];
  let rest = line;
  for (let found = TOKEN.exec(rest); found !== null; found = TOKEN.exec(rest)) {
    const [whole, escaped, code, strong, emphasis, label = '', to] = found;
    addPlain(inlines, rest.slice(0, found.index), to !== undefined);
    if (escaped !== undefined) addText(inlines, escaped);
    else if (code !== undefined) inlines.push({ kind: 'code', text: code });
    else if (strong !== undefined) inlines.push({ kind: 'strong', inlines: parseInlines(strong) });
    else if (emphasis !== undefined) inlines.push({ kind: 'emphasis', inlines: parseInlines(emphasis) });
    else if (to !== undefined) inlines.push({ kind: 'link', to, inlines: parseInlines(label) });
    rest = rest.slice(found.index + whole.length);
  }
  addPlain(inlines, rest, false);
  return inlines;
}

/** `isBeforeLink`: a `!` at its end would make a picture of it. */
function addPlain(inlines: Inline[], text: string, isBeforeLink: boolean): void {
  if (LEFT.test(isBeforeLink ? text : text.replace(/!$/, ''))) throw cannotShow(text);
  addText(inlines, text);
}

function addText(inlines: Inline[], text: string): void {
  if (text === '') return;
  const last = inlines.at(-1);
  if (last?.kind === 'text') inlines[inlines.length - 1] = { kind: 'text', text: last.text + text };
  else inlines.push({ kind: 'text', text });
}
