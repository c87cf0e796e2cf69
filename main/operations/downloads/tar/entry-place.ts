import type { ArchiveEntry } from './read-tar.ts';

/** Longest path of an entry, in bytes. */
const MAX_PATH_BYTES = 4096;
/** Longest name in it. */
const MAX_NAME_BYTES = 255;
/** Names that Windows takes for devices, whatever follows the point. */
const DEVICE_NAME = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
const CONTROL = /\p{Cc}/u;
const NOT_ON_WINDOWS = /[<>:"|?*\\]|[. ]$/;

/** Where an entry goes, as the names below the folder; or why it goes nowhere, to be said after its name. */
export type EntryPlace = { readonly names: readonly string[] } | { readonly refused: string };

/** Judges the path of an entry: it must lie below the folder by its letters alone. */
export function placeOf(name: string, platform: NodeJS.Platform): EntryPlace {
  if (name.startsWith('/')) return { refused: 'its path is absolute' };
  if (Buffer.byteLength(name) > MAX_PATH_BYTES) return { refused: 'its path is too long' };
  const names = name.split('/').filter((one) => one !== '' && one !== '.');
  const refused = names.map((one) => whyNoName(one, platform)).find((why) => why !== undefined);
  return refused === undefined ? { names } : { refused };
}

function whyNoName(name: string, platform: NodeJS.Platform): string | undefined {
  if (name === '..') return 'its path leads out of the folder';
  if (CONTROL.test(name)) return 'its name has control characters';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return 'its name is too long';
  if (platform === 'win32' && (NOT_ON_WINDOWS.test(name) || DEVICE_NAME.test(name))) return 'Windows has no such names';
  return undefined;
}

/** What of an entry can never be made, whatever its path; undefined for files, folders and links. */
export function whyNoKind({ kind }: Pick<ArchiveEntry, 'kind'>): string | undefined {
  if (kind === 'file' || kind === 'folder' || kind === 'link') return undefined;
  return kind === 'other' ? 'it is neither file, folder nor link' : `it is a ${kind}`;
}

/**
 * Where a link leads, as names below the folder; or why it is refused. `..` may stand only at its beginning: further on, what
 * it means would depend on what the names before it are.
 */
export function linkPlace(names: readonly string[], link: string, platform: NodeJS.Platform): EntryPlace {
  if (link.startsWith('/')) return { refused: `it is a link to ${link}, out of the folder` };
  const steps = link.split('/').filter((one) => one !== '' && one !== '.');
  const up = steps.findIndex((one) => one !== '..');
  const ups = up < 0 ? steps.length : up;
  const above = names.slice(0, -1);
  if (ups > above.length) return { refused: `it is a link to ${link}, out of the folder` };
  const rest = steps.slice(ups);
  if (steps.length === 0 || rest.includes('..') || CONTROL.test(link)) {
    return { refused: 'it is a link whose end cannot be told' };
  }
  // There a backslash leads on, and a colon elsewhere: what was judged by its slashes would be another path.
  const refused = rest.map((one) => whyNoName(one, platform)).find((why) => why !== undefined);
  if (refused !== undefined) return { refused: `it is a link to ${link}: ${refused}` };
  return { names: [...above.slice(0, above.length - ups), ...rest] };
}
