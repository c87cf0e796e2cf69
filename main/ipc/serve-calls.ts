import { CALLS, type Outcome } from '../../preload/contract/index.ts';
import type { Log } from '../lib/log.ts';
import { checkInput } from './check-input.ts';
import { admit, entryOf, type GuardOptions } from './guard.ts';
import type { CallHandlers } from './handlers.ts';
import { toFailure } from './to-failure.ts';
import type { SenderEvent } from './trusted-sender.ts';

/** The server of the call table: independent of Electron, so that tests drive it directly. */
export interface CallServer {
  /** Always answers with data; never throws, never answers `undefined` for "no". */
  serve(event: SenderEvent, id: unknown, name: unknown, input: unknown): Promise<Outcome<unknown>>;
  cancel(event: SenderEvent, id: unknown): void;
  /** Abort everything a window still waits for. */
  abandon(senderId: number): void;
  readonly pending: number;
}

export function createCallServer(handlers: CallHandlers, options: GuardOptions & { readonly log: Log }): CallServer {
  const running = new Map<string, AbortController>();
  const keyOf = (event: SenderEvent, id: unknown): string => `${event.sender.id}:${String(id)}`;

  async function run(event: SenderEvent, id: unknown, name: unknown, input: unknown): Promise<unknown> {
    admit(event, options);
    const call = entryOf(CALLS, name, 'call');
    const checked = checkInput(CALLS[call].input, call, input);
    const controller = new AbortController();
    running.set(keyOf(event, id), controller);
    try {
      const handler = handlers[call] as (input: unknown, context: object) => unknown;
      return await handler(checked, { signal: controller.signal, windowId: event.sender.id });
    } finally {
      running.delete(keyOf(event, id));
    }
  }

  return {
    serve: async (event, id, name, input) => {
      try {
        return { ok: true, value: await run(event, id, name, input) };
      } catch (error) {
        return { ok: false, failure: toFailure(error, options.log, `call ${String(name)}`) };
      }
    },
    cancel: (event, id) => {
      running.get(keyOf(event, id))?.abort();
    },
    abandon: (senderId) => {
      options.rateCap.forget(senderId);
      for (const [key, controller] of running) if (key.startsWith(`${senderId}:`)) controller.abort();
    },
    get pending() {
      return running.size;
    },
  };
}
