import type { AskedPlace } from '../../../preload/contract/index.ts';
import { hasUnseen } from '../../lib/visible.ts';

/** The scheme of links to places in Minos; electron-builder.yml registers it. */
export const LINK_SCHEME = 'minos';

/** Longer ones are none of ours. */
const MOST_CHARACTERS = 1024;
const LINK = /^minos:\/\/context\/([^/?#\s]+)(?:\/(screen|node)\/([^/?#\s]+))?\/?$/;
/** As features are called. */
const SCREEN = /^[a-z][a-z-]{0,39}$/;
const MOST_OF_NAME = 253;

/** Whether a word of a command line is a link of ours, well written or not. */
export const isLink = (word: string): boolean => word.toLowerCase().startsWith(`${LINK_SCHEME}:`);

/**
 * The place that a link names: `minos://context/NAME`, and behind it `/screen/ID` or `/node/NAME`. A link may come from anybody, so
 * there is one way to write each; undefined for everything else.
 */
export function placeOfLink(link: string): AskedPlace | undefined {
  if (link.length > MOST_CHARACTERS) return undefined;
  const [, name = '', kind, part] = LINK.exec(link) ?? [];
  const context = nameOf(name);
  if (context === undefined) return undefined;
  if (kind === undefined || part === undefined) return { context };
  if (kind === 'screen') return SCREEN.test(part) ? { context, screen: part } : undefined;
  const node = nameOf(part);
  return node === undefined ? undefined : { context, node };
}

/** A name that is shown as it is: no sign in it acts or hides. */
export const isPlainName = (name: string): boolean => name !== '' && name.length <= MOST_OF_NAME && !hasUnseen(name);

function nameOf(written: string): string | undefined {
  try {
    const name = decodeURIComponent(written);
    return isPlainName(name) ? name : undefined;
  } catch {
    return undefined; // A malformed percent escape names nothing.
  }
}
