import { configRefused } from '../documents/config-refused.ts';
import { variableNames } from './variables.ts';

/** A patch to be kept, without what Minos makes of it. */
export interface PlainPatch {
  readonly name: string;
  /** What it is for, in the words of whoever keeps it; may be empty. */
  readonly about: string;
  readonly text: string;
}

const NAME = '# Patch: ';
const ABOUT = '# About: ';

/** A patch as a file that `talosctl` takes as well, once its variables have values: its name and what it is for are comments. */
export const patchFile = ({ name, about, text }: PlainPatch): string =>
  [
    NAME + oneLine(name),
    ...(about === '' ? [] : [ABOUT + oneLine(about)]),
    ...variableLines(text),
    ...(text.startsWith('---') ? [] : ['---']),
    text.endsWith('\n') ? text : `${text}\n`,
  ].join('\n');

/** Whatever some reader of YAML takes for a line end would end the comment. */
const oneLine = (words: string): string => words.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();

const variableLines = (text: string): readonly string[] => {
  const names = variableNames(text);
  return names.length === 0 ? [] : [`# Write values in the place of ${names.map((name) => `\${${name}}`).join(', ')}.`];
};

/**
 * A patch of a file: one that Minos wrote, or any other, which is then called as its file. Throws Failed `file-invalid` for one that holds
 * nothing.
 */
export function patchOfFile(content: string, fileName: string): PlainPatch {
  const text = content.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const [head = '', ...rest] = text.split(/^---\n/m);
  const name = lineOf(head, NAME);
  const isOurs = name !== undefined && /^(?:#.*\n)+$/.test(head);
  const body = isOurs ? rest.join('---\n') : text;
  if (body.trim() === '') throw configRefused({ text: 'The file holds no patch.' });
  const [stem = ''] = (fileName.split(/[\\/]/).at(-1) ?? '').split(/\.(?:ya?ml|json)$/i);
  return { name: isOurs ? name : stem || 'Patch', about: isOurs ? (lineOf(head, ABOUT) ?? '') : '', text: body };
}

const lineOf = (head: string, mark: string): string | undefined =>
  head
    .split('\n')
    .find((line) => line.startsWith(mark))
    ?.slice(mark.length)
    .trim();
