import { AsyncLocalStorage } from 'node:async_hooks';

const asking = new AsyncLocalStorage<number>();

/** Does what a window asked for. Whatever is asked of the user meanwhile, however deep, is asked before that window. */
export function servedFor<T>(windowId: number, serve: () => T): T {
  return asking.run(windowId, serve);
}

/** The window that what is being done was asked for in; undefined for what Minos does by itself. */
export const askingWindow = (): number | undefined => asking.getStore();
