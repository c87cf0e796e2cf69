/** What the guard needs to know of an IPC event; Electron's event objects fit. */
export interface SenderEvent {
  /** Null when the frame is gone (navigated away or destroyed). */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
  readonly sender: { readonly id: number };
}

const APP_ORIGIN = 'app://minos';

/**
 * True only for the main frame of one of our windows showing our own page. A sub-frame, a frame that is gone, another
 * origin (also `app://minos.evil`) and a foreign web contents are refused.
 */
export function isTrustedSender(event: SenderEvent, isOurWindow: (senderId: number) => boolean): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null) return false;
  return isOurWindow(event.sender.id) && (frame.url === APP_ORIGIN || frame.url.startsWith(`${APP_ORIGIN}/`));
}
