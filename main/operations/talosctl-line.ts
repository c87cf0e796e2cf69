import type { CommandDefinition, CommandParams } from './commands/definition.ts';

/** Words that a POSIX shell reads as themselves. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** One word quoted for a POSIX shell where it needs to be. */
export function shellWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The talosctl command line that does the same, to copy. */
export function talosctlLine(context: string, nodes: readonly string[], words: readonly string[]): string {
  return ['talosctl', '--context', context, '-n', nodes.join(','), ...words].map(shellWord).join(' ');
}

/** What follows the global flags: the command's name, its positional words and the flags that are not at their default. */
export function syntaxWords({ syntax, params: known }: CommandDefinition, params: CommandParams): readonly string[] {
  const positionals = (syntax.positionals ?? []).flatMap((id) => textOf(params[id]));
  const flags = (syntax.flags ?? []).flatMap(({ param, long, short, takesValue }) => {
    const value = param === undefined ? undefined : params[param];
    if (value === undefined || value === known.find(({ id }) => id === param)?.initial) return [];
    const name = short === undefined ? `--${long}` : `-${short}`;
    if (!takesValue) return value === true ? [name] : [];
    return textOf(value).flatMap((text) => [name, text]);
  });
  const name = syntax.names[0] ?? '';
  if (positionals.some((word) => word.startsWith('-'))) return [name, ...flags, '--', ...positionals];
  return [name, ...positionals, ...flags];
}

const textOf = (value: unknown): readonly string[] => (typeof value === 'string' && value !== '' ? [value] : []);
