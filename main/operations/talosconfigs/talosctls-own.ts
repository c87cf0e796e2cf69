import type { TalosconfigChoice } from '../../../preload/contract/index.ts';

/** Would talosctl, started in a shell, use this file by itself? */
export function isTalosctlsOwn({ path, reason, talosctl }: TalosconfigChoice, file: string): boolean {
  return file === path && talosctl === undefined && reason !== 'flag' && reason !== 'demo';
}
