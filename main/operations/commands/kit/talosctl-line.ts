import { hasUnseen, visible } from '../../../lib/visible.ts';
import type { CommandParams, Writable } from './definition.ts';

/** Words that a POSIX shell reads as themselves. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

const ASTRAL = /\\u\{([0-9a-f]+)\}/g;
const astralEscape = (_all: string, code: string): string => `\\U${code.padStart(8, '0')}`;

/** One word quoted for a POSIX shell where it needs to be. */
export function shellWord(word: string): string {
  // What a terminal would obey, or hide, when the line is pasted. Shells read `$'…'` as the same word.
  if (hasUnseen(word)) return `$'${visible(word.replaceAll(/[\\']/g, '\\$&')).replaceAll(ASTRAL, astralEscape)}'`;
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What talosctl must be told so that it finds the same cluster. */
export interface TalosctlPlace {
  /** As the file names it. */
  readonly context: string;
  /** Set when talosctl by itself would use another file. */
  readonly talosconfig?: string;
  /** Set when others are dialled than the file has. */
  readonly endpoints?: readonly string[];
}

/** The talosctl command line that does the same, to copy. */
export function talosctlLine(place: TalosctlPlace, nodes: readonly string[], words: readonly string[]): string {
  const file = place.talosconfig === undefined ? [] : ['--talosconfig', place.talosconfig];
  const list = nodes.length === 0 ? [] : ['-n', nodes.join(',')];
  const endpoints = place.endpoints === undefined ? [] : ['-e', place.endpoints.join(',')];
  const line = ['talosctl', '--context', place.context, ...endpoints, ...list, ...file, ...words];
  return line.map(shellWord).join(' ');
}

/** What follows the global flags: the command's name, its positional words and the flags that are not at their default. */
export function syntaxWords(
  { syntax, params: known }: Pick<Writable, 'syntax' | 'params'>,
  given: CommandParams,
): readonly string[] {
  const params = syntax.written?.(given) ?? given;
  const positionals = (syntax.positionals ?? []).flatMap((id) => {
    const [text = ''] = textOf(params[id]);
    return textOf(syntax.spelled?.[id]?.write(text) ?? text);
  });
  const more = syntax.rest === undefined ? [] : textOf(params[syntax.rest]).flatMap((text) => text.split(','));
  const flags = (syntax.flags ?? []).flatMap(
    ({ param, long, short, takesValue, isRepeated, several, isLast, writtenAs, isAlwaysWritten }) => {
      // The flag before it writes the same.
      if (isLast === true) return [];
      const value = param === undefined ? undefined : params[param];
      const isDefault = value === known.find(({ id }) => id === param)?.initial;
      if (value === undefined || (isDefault && isAlwaysWritten !== true)) return [];
      const name = short === undefined ? `--${long}` : `-${short}`;
      // One that is on by itself is switched off by its long name.
      if (!takesValue) return [value === true ? name : `--${long}=false`];
      const texts = textOf(value === '' ? value : (writtenAs ?? value)).flatMap((text) =>
        several ? several.split(text) : isRepeated ? text.split(',') : [text],
      );
      return texts.flatMap((text) => [name, text]);
    },
  );
  const name = (syntax.names[0] ?? syntax.like ?? '').split(' ');
  // A dash alone is no flag: it stands for the output.
  const words = [...positionals, ...more];
  if (words.some((word) => word.startsWith('-') && word !== '-')) return [...name, ...flags, '--', ...words];
  return [...name, ...words, ...flags];
}

const textOf = (value: unknown): readonly string[] => (typeof value === 'string' && value !== '' ? [value] : []);
