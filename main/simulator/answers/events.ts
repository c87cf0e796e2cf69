import { stream, type AnswerEntry } from '../endpoint/answer.ts';
import { unknownError } from '../endpoint/errors.ts';
import type { NodeEvent } from '../node/node-events.ts';

const message = (event: NodeEvent) => ({
  data: { type_url: `talos/runtime/${event.type}`, value: event.value },
  id: event.id,
  actor_id: event.actorId,
});

/** So many of the kept events can be asked for: the oldest are left out, because they may go any moment. */
const REPLAYABLE = 990;

/** 20 digits of base 32. */
const XID = /^[0-9a-v]{20}$/;

/** What a request asks to see of the past, first match wins: a count (negative is all), an id, an age. */
function past(
  events: readonly NodeEvent[],
  request: { readonly tail_events: number; readonly tail_id: string; readonly tail_seconds: number },
  nowMs: number,
): readonly NodeEvent[] {
  const kept = events.slice(-REPLAYABLE);
  if (request.tail_events !== 0) return request.tail_events < 0 ? kept : kept.slice(-request.tail_events);
  if (request.tail_id !== '') {
    if (!XID.test(request.tail_id)) throw unknownError('error parsing tail_id: xid: invalid ID');
    return kept.filter((event) => event.id > request.tail_id);
  }
  if (request.tail_seconds !== 0) return kept.filter((event) => event.atMs > nowMs - request.tail_seconds * 1000);
  return [];
}

/** The events of machined, past and to come; ends only when the caller cancels. */
export const eventAnswers: readonly AnswerEntry[] = [
  stream('/machine.MachineService/Events', async function* (request, context) {
    const { events } = context.node;
    const wake = context.wakeOn((listener) => events.subscribe(listener));
    const wanted = (event: NodeEvent): boolean => !request.with_actor_id || event.actorId === request.with_actor_id;
    const before = past(events.list(), request, context.nowMs());
    let lastId = events.list().at(-1)?.id ?? '';

    // The first message says that the stream stands: an event of no type with an id of its own.
    yield { data: { type_url: '', value: Buffer.alloc(0) }, id: events.freshId(), actor_id: request.with_actor_id };
    for (const event of before) if (wanted(event)) yield message(event);
    for (;;) {
      await wake();
      for (const event of events.list()) {
        if (event.id <= lastId) continue;
        lastId = event.id;
        if (wanted(event)) yield message(event);
      }
    }
  }),
];
