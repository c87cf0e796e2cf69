import { basename } from 'node:path';
import { formatDate } from '../../../preload/contract/format/moments.ts';
import { plural } from '../../../preload/contract/format/numbers.ts';
import type { ConfirmQuestion } from '../../../preload/contract/index.ts';
import type { HistoryEntry } from '../../files/history.ts';
import { quoted } from '../quoted.ts';
import type { NamedHost } from './named-hosts.ts';

/** Before main dials what no file of the user named. `what`: the change, in the words of the history. */
export function hostsQuestion(file: string, what: string, hosts: readonly NamedHost[]): ConfirmQuestion {
  const one = hosts.length === 1;
  return {
    title: one ? 'Let Minos connect to a new address?' : `Let Minos connect to ${hosts.length} new addresses?`,
    facts: [
      `The change of ${file}: ${quoted(what)}.`,
      `None of your open talosconfigs and kubeconfigs names ${one ? 'this address' : 'these addresses'} yet.`,
      'Minos, and talosctl with this file, will connect there and show the client certificate of the context. Whoever answers learns that you asked.',
    ],
    names: { label: one ? 'New address' : 'New addresses', items: hosts.map(({ shown }) => shown) },
    deed: one ? 'Allow this address' : `Allow ${hosts.length} addresses`,
    isDestructive: false,
  };
}

/** Before versions go that may hold the only copy of a key. */
export function forgetQuestion(file: string, entries: readonly HistoryEntry[]): ConfirmQuestion {
  const versions = plural(entries.length, 'old version');
  const oldest = entries.at(-1)?.atMs ?? 0;
  return {
    title: `Forget ${versions} of ${basename(file)}?`,
    facts: [
      `The file is ${file}. It stays as it is.`,
      `Its old versions go back to ${formatDate(oldest)}. None of these changes can be undone afterwards.`,
      'Keys of contexts that were removed or replaced may exist nowhere else. They are gone for good.',
    ],
    deed: `Forget ${versions}`,
    isDestructive: true,
    typed: basename(file),
  };
}

/** Before Minos writes into a file that no new version can replace at one moment. */
export function inPlaceQuestion(file: string): ConfirmQuestion {
  return {
    title: `Write into ${basename(file)} itself?`,
    facts: [
      `${file} is mounted by itself, as containers do it. A new version cannot take its place at one moment.`,
      'Minos keeps the old version in its history first, and then writes into the file. A program that reads it just then may see a part.',
      'If the computer stops in between, the file may be damaged; its old version is in the history.',
    ],
    deed: 'Write into the file',
    isDestructive: false,
  };
}

/** What a renewal asks for, hours: nobody is asked before that much is issued. */
export const USUAL_HOURS = 8760;

/** Before a certificate is issued that lasts longer than a renewed one. */
export function longLifeQuestion(context: string, roles: readonly string[], hours: number): ConfirmQuestion {
  const years = (hours / USUAL_HOURS).toFixed(1).replace(/\.0$/, '');
  return {
    title: `Issue a certificate for ${years} years?`,
    facts: [
      `The cluster of ${quoted(context)} issues it with ${roles.map(quoted).join(', ')}.`,
      'Minos saves it with its key where you say next.',
      `It cannot be called back: whoever has the file has this access for ${years} years.`,
    ],
    deed: `Issue it for ${years} years`,
    isDestructive: true,
  };
}
