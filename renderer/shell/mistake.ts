/**
 * What is said of an error that nobody caught. Undefined for the browser's word that a size changed while sizes were
 * measured: it measures again in the next frame, and nothing is lost.
 */
export function mistakeIn(event: Event): string | undefined {
  if (!(event instanceof ErrorEvent)) return sentence('reason' in event ? event.reason : event);
  if (event.message.startsWith('ResizeObserver loop')) return undefined;
  // What comes from the browser itself has words only.
  return sentence(event.error ?? event.message);
}

const sentence = (thrown: unknown): string =>
  `Minos made a mistake: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
