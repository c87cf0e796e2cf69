import type { MenuActionId } from './actions.ts';

/**
 * Something the user asked for outside the page: in the menu, by a notification, by opening a file with Minos. The page
 * does it as if it had been asked inside; nothing of it writes a file.
 */
export type DesktopRequest =
  /** Chosen in the native menu: the page does what its action of this id does. */
  | { readonly kind: 'act'; readonly action: MenuActionId }
  /** Talosconfigs that were opened with Minos; `token` names them in `import.fromDrop`. */
  | { readonly kind: 'look-at-files'; readonly token: string }
  /** Show one context beside the list. `context` is its id. */
  | { readonly kind: 'show-context'; readonly context: string };
