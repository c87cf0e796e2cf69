import { CALLS, type Outcome } from '../../preload/contract/index.ts';
import { Failed } from '../lib/failed.ts';
import type { Log } from '../lib/log.ts';
import { fitsMessage } from '../lib/message-size.ts';
import { checkId, checkInput } from './check-input.ts';
import { admit, entryOf, type GuardOptions } from './guard.ts';
import type { CallHandlers } from '../operations/handlers.ts';
import { toFailure } from './to-failure.ts';
import { ToldFailures } from './told-failures.ts';
import { isTrustedSender, type SenderEvent } from './trusted-sender.ts';

/** Most calls of one page that are not answered yet. The app asks for some ten at a time; each holds its input. */
export const MAX_PENDING_CALLS = 100;

/** Reads a line while it is typed: what is wrong with each of its beginnings is nothing for the log. */
const READS_WHAT_IS_TYPED = 'runs.parseTalosctl';

/** A call that has not been answered. The page chooses the id, so nothing relies on it: it may be anything, and come twice. */
interface Running {
  readonly senderId: number;
  readonly id: unknown;
  readonly controller: AbortController;
}

/** The server of the call table: independent of Electron, so that tests drive it directly. */
export interface CallServer {
  /** Always answers with data; never throws, never answers `undefined` for "no". */
  serve(event: SenderEvent, id: unknown, name: unknown, input: unknown): Promise<Outcome<unknown>>;
  cancel(event: SenderEvent, id: unknown): void;
  /** Abort everything a window still waits for. */
  abandon(senderId: number): void;
  readonly pending: number;
}

/** The last line of defence: handlers cut what they answer, and say so. */
function tooLargeAnswer(): Failed {
  return new Failed({
    code: 'too-large',
    message: 'The answer is larger than 1 MiB and cannot be shown.',
    hint: 'Ask for less at a time.',
  });
}

/** Answers calls of the table; whatever goes wrong becomes a failure, never a rejection. */
export function createCallServer(handlers: CallHandlers, options: GuardOptions & { readonly log: Log }): CallServer {
  const running = new Set<Running>();
  const told = new ToldFailures(options.log, options.monotonicMs);

  const pendingOf = (senderId: number): number => {
    let count = 0;
    for (const each of running) if (each.senderId === senderId) count += 1;
    return count;
  };

  async function run(event: SenderEvent, id: unknown, name: unknown, input: unknown): Promise<unknown> {
    admit(event, options);
    const call = entryOf(CALLS, name, 'call');
    checkId(id);
    if (pendingOf(event.sender.id) >= MAX_PENDING_CALLS) {
      throw new Failed({
        code: 'busy',
        message: `This window waits for ${MAX_PENDING_CALLS} answers already.`,
        hint: 'Wait until some of them are there.',
        retry: 'safe',
      });
    }
    const checked = checkInput(CALLS[call].input, call, input);
    const controller = new AbortController();
    const entry: Running = { senderId: event.sender.id, id, controller };
    running.add(entry);
    try {
      const handler = handlers[call] as (input: unknown, context: object) => unknown;
      return await handler(checked, { signal: controller.signal, windowId: event.sender.id });
    } finally {
      running.delete(entry);
    }
  }

  return {
    serve: async (event, id, name, input) => {
      try {
        const value = await run(event, id, name, input);
        if (!fitsMessage(value)) throw tooLargeAnswer();
        return { ok: true, value };
      } catch (error) {
        if (name === READS_WHAT_IS_TYPED && error instanceof Failed && error.failure.code === 'invalid') {
          return { ok: false, failure: { ...error.failure, traceId: '' } };
        }
        return {
          ok: false,
          failure: toFailure(error, told, typeof name === 'string' ? `call ${name.slice(0, 100)}` : 'call'),
        };
      }
    },
    cancel: (event, id) => {
      if (!isTrustedSender(event, options.isOurWindow)) return;
      for (const each of running) if (each.senderId === event.sender.id && each.id === id) each.controller.abort();
    },
    abandon: (senderId) => {
      options.rateCap.forget(senderId);
      for (const each of running) if (each.senderId === senderId) each.controller.abort();
    },
    get pending() {
      return running.size;
    },
  };
}
