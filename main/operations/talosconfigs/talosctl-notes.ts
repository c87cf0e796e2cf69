import type { RawContext } from '../../talosconfig/raw-context.ts';
import { quoted } from '../quoted.ts';

/** A file that is imported, as far as talosctl's own merge asks. */
export interface MergedFile {
  readonly label: string;
  readonly contexts: readonly RawContext[];
  /** `context:` of the file. */
  readonly current: string;
  /** It was one of several YAML documents. */
  readonly isOneDocument: boolean;
}

/** How talosctl takes an incoming context, when that is not as Minos does. */
export function talosctlNote({ talosctl }: RawContext): string | undefined {
  switch (talosctl) {
    case 'drops':
      return 'talosctl leaves it out: without quotes its name is “nothing” in YAML. Minos writes it in quotes.';
    case 'refuses':
      return 'talosctl refuses the whole file because of it.';
    case 'crashes':
      return 'talosctl crashes on it.';
    case undefined:
      return undefined;
  }
}

/** What to know of a merge “same as talosctl”: where talosctl would do otherwise, and what may surprise. */
export function talosctlNotes(files: readonly MergedFile[]): readonly string[] {
  const notes = files.flatMap(({ label: from, contexts, current, isOneDocument }) => {
    const label = from.startsWith('clipboard') ? `the ${from}` : from;
    const refused = contexts.find(({ talosctl }) => talosctl === 'refuses');
    const crashes = contexts.find(({ talosctl }) => talosctl === 'crashes');
    const isDefined = contexts.some(({ name, talosctl }) => name === current && talosctl !== 'drops');
    return [
      ...(isOneDocument ? ['talosctl reads only the first YAML document of a file; Minos takes all of them.'] : []),
      ...(refused
        ? [`talosctl would refuse ${label} because of ${quoted(refused.name)}; Minos takes what can be read.`]
        : []),
      ...(crashes
        ? [`talosctl would crash on ${label}, where ${quoted(crashes.name)} is empty; Minos leaves that context out.`]
        : []),
      ...(current !== '' && !isDefined
        ? [`The current context of ${label}, ${quoted(current)}, is not in it; talosctl then leaves none.`]
        : []),
    ];
  });
  return [...new Set(notes)];
}
