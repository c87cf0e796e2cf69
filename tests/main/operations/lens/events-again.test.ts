import { expect, test } from 'vitest';
import type { SentEvent } from '../../../../main/operations/lens/event-payload.ts';
import { EventsAgain } from '../../../../main/operations/lens/events-again.ts';
import { eventIdBefore } from '../../../../main/talos/event-id.ts';

const BREAK = { from: 'cp-1', gapMs: 900 };
const id = (number: number): string => `c9m0l5q4h3s7b8n2${number.toString(32).padStart(3, '0')}0`;
const START = 1;

/** A sequence that starts or ends. */
const event = (number: number, action = 2): SentEvent => ({
  id: id(number),
  actor_id: '',
  data: { type_url: 'talos/runtime/machine.SequenceEvent', value: Buffer.from([0x0a, 1, 0x62, 0x10, action]) },
});
/** What every stream begins with. */
const greeting = (number: number): SentEvent => ({
  ...{ id: id(number), actor_id: '' },
  data: { type_url: '', value: Buffer.alloc(0) },
});

/** Events of which some came, and a break after them. */
function broken(...sent: readonly SentEvent[]): EventsAgain {
  const events = new EventsAgain();
  events.take(sent);
  events.begin(BREAK);
  return events;
}

test('the id before another is the greatest that is smaller', () => {
  expect(eventIdBefore('c9m0l5q4h3s7b8n2r1t0')).toBe('c9m0l5q4h3s7b8n2r1sg');
  expect(eventIdBefore('c9m0l5q4h3s7b8n2r1sg')).toBe('c9m0l5q4h3s7b8n2r1s0');
  expect(eventIdBefore('00000000000000000000')).toBe('00000000000000000000');
});

test('a node that still has the last known event has lost none, and that one does not come twice', () => {
  const events = broken(greeting(9), event(1), event(2));
  expect(events.after).toBe(eventIdBefore(id(2)));
  expect(events.take([greeting(10)])).toEqual({ events: [] });
  expect(events.take([event(2), event(3)])).toEqual({ events: [event(3)], over: { ...BREAK, missing: 'nothing' } });
  expect(events.take([event(4)])).toEqual({ events: [event(4)] });
});

test('a node that has it no longer may have lost others, and one that began a sequence was started anew', () => {
  expect(broken(event(2)).take([greeting(9), event(7)])).toMatchObject({ over: { missing: 'unknown' } });
  expect(broken(event(2)).take([event(7, START)])).toMatchObject({ over: { missing: 'restarted' } });
});

test('while no event is known it goes on after the beginning of the first stream, and knows nothing of what is missing', () => {
  const events = broken(greeting(5));
  expect(events.after).toBe(id(5));
  expect(events.take([event(7)])).toEqual({ events: [event(7)], over: { ...BREAK, missing: 'unknown' } });
});

test('a break of which nothing was heard is told once, by whoever waited long enough', () => {
  const events = broken(event(1));
  expect(events.giveUp()).toEqual(BREAK);
  expect(events.giveUp()).toBeUndefined();
  expect(events.take([event(1), event(2)])).toEqual({ events: [event(2)] });
});
