import type { MenuActionId } from './actions.ts';
import type { AskedPlace } from './places.ts';

/**
 * Something that was asked for outside the page: in the menu, by a notification, by opening a file or a link with Minos, by a start of
 * it. The page does it as if it had been asked inside; nothing of it writes a file.
 */
export type DesktopRequest =
  /** Chosen in the native menu: the page does what its action of this id does. */
  | { readonly kind: 'act'; readonly action: MenuActionId }
  /** Talosconfigs that were opened with Minos; `token` names them in `import.fromDrop`. */
  | { readonly kind: 'look-at-files'; readonly token: string }
  /** Show one context beside the list. `context` is its id. */
  | { readonly kind: 'show-context'; readonly context: string }
  /** Go to a place, if it is there. A link may come from anybody: nothing is run and nothing is filled in. */
  | { readonly kind: 'visit'; readonly place: AskedPlace }
  /** A link of ours was opened that names no place. */
  | { readonly kind: 'strange-link' };
