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
