import type { Outcome } from './failure.ts';
import type { ProducerMessage } from './ports.ts';

/** A handle on an open topic or stream; symbols and ports do not cross contextBridge, functions do. */
export interface PortHandle {
  /** Allow main to send this many further batches (streams only; topics are conflated by main). */
  credit(batches: number): void;
  /** Stop. Main ends the work behind it. */
  close(): void;
}

/**
 * What `window.minos` is: untyped names and plain data. `renderer/lib/bridge.ts` gives it its types; main checks every
 * name and every input again.
 */
export interface Bridge {
  /** Ask once. `id` (unique per page) lets {@link cancel} abort it. Never rejects. */
  call(id: number, name: string, input: unknown): Promise<Outcome<unknown>>;
  cancel(id: number): void;
  /** Subscribe to a topic: first message is a full snapshot. */
  watch(name: string, params: unknown, onMessage: (message: ProducerMessage) => void): PortHandle;
  /** Open a stream: nothing comes before credit is given. */
  open(name: string, params: unknown, onMessage: (message: ProducerMessage) => void): PortHandle;
  /**
   * Hand files the user dropped to main. The preload turns each into its path; neither paths nor contents come back to
   * the page, only a token that later calls may name.
   */
  drop(files: readonly unknown[]): Promise<Outcome<unknown>>;
}
