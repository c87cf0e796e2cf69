import { stream, type AnswerEntry } from '../answer.ts';
import type { NodeEvent } from '../node-events.ts';

const message = (event: NodeEvent) => ({
  data: { type_url: `talos/runtime/${event.type}`, value: event.value },
  id: event.id,
  actor_id: event.actorId,
});

/** What a request asks to see of the past: by count (-1 is all), by age, or from an id on. */
function past(
  events: readonly NodeEvent[],
  request: { readonly tail_events: number; readonly tail_id: string; readonly tail_seconds: number },
  nowMs: number,
): readonly NodeEvent[] {
  if (request.tail_id !== '') return events.filter((event) => event.id > request.tail_id);
  if (request.tail_seconds > 0) return events.filter((event) => event.atMs >= nowMs - request.tail_seconds * 1000);
  if (request.tail_events < 0) return events;
  return request.tail_events === 0 ? [] : events.slice(-request.tail_events);
}

/** The events of machined, past and to come; ends only when the caller cancels. */
export const eventAnswers: readonly AnswerEntry[] = [
  stream('/machine.MachineService/Events', async function* (request, context) {
    const { events } = context.node;
    const wake = context.wakeOn((listener) => events.subscribe(listener));
    const wanted = (event: NodeEvent): boolean => !request.with_actor_id || event.actorId === request.with_actor_id;
    let lastId = events.list().at(-1)?.id ?? '';

    // The first message is empty and says that the stream stands.
    yield {};
    for (const event of past(events.list(), request, context.nowMs())) if (wanted(event)) yield message(event);
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
