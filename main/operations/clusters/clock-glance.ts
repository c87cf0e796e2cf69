import type { Clock } from '../../lib/clock.ts';
import { eventMs } from '../../talos/event-id.ts';
import type { Caller } from './caller.ts';

const DEADLINE_MS = 5_000;
/** What takes longer tells too little. */
const MOST_ROUND_TRIP_MS = 2_000;

/**
 * How far a clock is ahead, within a second and a half, without a question to a time server: a node begins its stream of events with an
 * id made at that moment, which holds its seconds. Undefined when it tells nothing. Rejects when the node cannot be asked.
 */
export async function clockGlance(
  connection: () => Caller,
  node: string | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<number | undefined> {
  const over = new AbortController();
  const end = (): void => over.abort();
  signal.addEventListener('abort', end);
  const [sentAtMs, startMs] = [clock.now(), clock.monotonic()];
  const request = { tail_events: 0, tail_id: '', tail_seconds: 0, with_actor_id: '' };
  const options = { ...(node !== undefined && { node }), deadlineMs: DEADLINE_MS, signal: over.signal };
  try {
    for await (const { id } of connection().serverStream('/machine.MachineService/Events', request, options)) {
      const roundTripMs = clock.monotonic() - startMs;
      // Of whole seconds, half of one is the middle.
      const aheadMs = eventMs(id) + 500 - (sentAtMs + roundTripMs / 2);
      return Number.isFinite(aheadMs) && roundTripMs <= MOST_ROUND_TRIP_MS ? aheadMs : undefined;
    }
    return undefined;
  } finally {
    signal.removeEventListener('abort', end);
    over.abort();
  }
}
