/** The only channels between page and main. The page cannot choose a channel. */
export const CHANNEL = {
  /** `invoke`: one request, one Outcome. */
  call: 'minos:call',
  /** `send`: abort a running request by its id. */
  cancel: 'minos:cancel',
  /** `postMessage` with one port: a topic or a stream (see ports.ts). */
  open: 'minos:open',
  /** `invoke`: paths of dropped files, resolved by the preload; answers a token. */
  drop: 'minos:drop',
} as const;

/** The name under which the bridge appears in the page. */
export const BRIDGE_NAME = 'minos';

/** The channels between main and the window that asks for confirmations. Main serves them to that window alone. */
export const CONFIRM_CHANNEL = {
  /** `invoke`: the question. */
  question: 'minos-confirm:question',
  /** `send`: the answer. */
  answer: 'minos-confirm:answer',
} as const;

/** The name under which its bridge appears in that window. */
export const CONFIRM_BRIDGE_NAME = 'minosConfirm';
