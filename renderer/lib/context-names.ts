import { unquotedName, type ContextSummary, type TalosconfigState } from '../../preload/contract/index.ts';
import { showUnseen } from './unseen-signs.ts';

/** The name as it stands in the file, with unseen signs written out; to be shown, not to be sent. */
export function contextName(context: Pick<ContextSummary, 'name'>): string {
  return context.name === '' ? '(no name)' : showUnseen(context.name);
}

/** The last two parts of a path, enough to tell open files apart: `.talos/config`. */
export function shortPath(path: string): string {
  const parts = path.split(/[\\/]/).filter(Boolean);
  return parts.length <= 2 ? path : parts.slice(-2).join('/');
}

/** The file of a context, short; undefined while only one file is open and it goes without saying. */
export function fileOf(context: ContextSummary, config: TalosconfigState | undefined): string | undefined {
  return (config?.files.length ?? 0) > 1 ? shortPath(context.file) : undefined;
}

/** `prod-fra`, or `prod-fra in .talos/config` when several files are open. */
export function contextTitle(context: ContextSummary, config: TalosconfigState | undefined): string {
  const file = fileOf(context, config);
  return file === undefined ? contextName(context) : `${contextName(context)} in ${file}`;
}

/** What to know of a name that means something else to talosctl where a file has it without quotes. */
export function unquotedHint(name: string): string | undefined {
  if (name === '') return undefined;
  switch (unquotedName(name)) {
    case 'nothing':
      return 'Without quotes, this is “nothing” in YAML and talosctl leaves the context out. Minos writes it in quotes.';
    case 'date':
      return 'Without quotes, this is a date in YAML and talosctl refuses the whole file. Minos writes it in quotes.';
    case undefined:
      return undefined;
  }
}
