import { call, nothing } from '../call.ts';

/**
 * Calls about newer versions of Minos. What becomes of them is told by `updates.state`; they fail `precondition` for what cannot be done
 * now.
 */
export const updateCalls = {
  /** Asks the address of the build which version is the newest. Fetches nothing. */
  'updates.look': call<void>()(nothing),
  /** Fetches the version that was offered, and checks it. Installs nothing. */
  'updates.fetch': call<void>()(nothing),
  /** Ends a fetch that is under way; what came of it is thrown away. */
  'updates.cancel': call<void>()(nothing),
  /** Installs what was fetched and starts Minos anew, once the user has confirmed it in a window of its own. */
  'updates.install': call<void>()(nothing),
  /** Shows the page that the build names in the user's browser. */
  'updates.showPage': call<void>()(nothing),
} as const;
