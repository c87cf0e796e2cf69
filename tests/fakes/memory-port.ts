import type { ServerPort } from '../../main/ipc/serve-ports.ts';
import type { ProducerMessage } from '../../preload/contract/index.ts';

/** Main's end of a port, in memory: keeps what was sent and lets a test speak as the page. */
export class MemoryPort implements ServerPort {
  readonly sent: ProducerMessage[] = [];
  isClosed = false;
  #onMessage: (event: { data: unknown }) => void = () => undefined;
  #onClose: () => void = () => undefined;
  #waiting: { type: string; resolve: () => void } | undefined;

  postMessage(message: ProducerMessage): void {
    this.sent.push(structuredClone(message));
    if (this.#waiting?.type === message.type) this.#waiting.resolve();
  }

  on(event: 'message' | 'close', listener: ((event: { data: unknown }) => void) | (() => void)): this {
    if (event === 'message') this.#onMessage = listener;
    else this.#onClose = listener as () => void;
    return this;
  }

  start(): void {
    // Messages are delivered at once; there is no queue to open.
  }

  close(): void {
    this.isClosed = true;
  }

  fromPage(message: unknown): void {
    this.#onMessage({ data: message });
  }

  closeFromPage(): void {
    this.#onClose();
  }

  /** Resolves when a message of this type was sent. */
  until(type: ProducerMessage['type']): Promise<void> {
    if (this.sent.some((message) => message.type === type)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting = { type, resolve };
    });
  }

  /** Lets promises that are already due run. */
  settled(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
}
