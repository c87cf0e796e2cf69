import type { Client } from '../lib/bridge.ts';

/** Tells main whether anybody can see this page, now and after each change, until the returned function is called. */
export function tellWhetherSeen(client: Client, page: Document): () => void {
  const tell = (): void => void client.call('page.seen', { isSeen: page.visibilityState === 'visible' });
  tell();
  page.addEventListener('visibilitychange', tell);
  return () => page.removeEventListener('visibilitychange', tell);
}
