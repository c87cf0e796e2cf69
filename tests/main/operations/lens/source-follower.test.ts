import { afterEach, expect, test } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { lookForContainers } from '../../../../main/operations/lens/container-watch.ts';
import type { SentEvent } from '../../../../main/operations/lens/event-payload.ts';
import { SourceFollower } from '../../../../main/operations/lens/source-follower.ts';
import type { LensItem, LensSourceWish } from '../../../../preload/contract/index.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

let stop: AbortController;
afterEach(() => stop.abort());

/** Promises of the follower run between the steps of a test. */
const settled = async (): Promise<void> => {
  for (let round = 0; round < 8; round += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A follower of one container, or of another source, whose node is played by the test. */
function setUp(wish: LensSourceWish = { kind: 'container', node: 'n', id: 'ns/pod:app' }) {
  stop = new AbortController();
  const clock = new FakeClock();
  const items: LensItem[] = [];
  let ids: readonly string[] = ['ns/pod:app:aaa'];
  const tries: {
    readonly id: string;
    readonly tail: number;
    /** The id of an event after which it goes on. */
    readonly after: string;
    write(text: string): void;
    tell(events: readonly SentEvent[]): void;
  }[] = [];
  const caller = {
    explain: (error: Error) => new Failed({ code: 'unreachable', message: error.message }).failure,
    unary: () =>
      Promise.resolve({
        value: { messages: [{ containers: ids.map((id) => ({ id, status: 'CONTAINER_RUNNING' })) }] },
      }),
    async *gatheredStream(
      _path: string,
      { id, tail_lines: tail, tail_id: after }: { id: string; tail_lines: number; tail_id: string },
      { signal, onEndpoint }: { readonly signal: AbortSignal; onEndpoint(name: string): void },
    ) {
      const queue: (string | readonly SentEvent[])[] = [];
      let wake: () => void = () => undefined;
      const send = (one: string | readonly SentEvent[]): void => void (queue.push(one), wake());
      tries.push({ id, tail, after, write: send, tell: send });
      signal.addEventListener('abort', () => wake(), { once: true });
      onEndpoint('cp-1');
      while (!signal.aborted) {
        const next = queue.shift();
        if (next === undefined) await new Promise<void>((resolve) => (wake = resolve));
        else yield typeof next === 'string' ? [{ bytes: Buffer.from(next) }] : next;
      }
      throw new Error('cancelled');
    },
  } as unknown as Caller;
  const follower = new SourceFollower({
    wish,
    ...{ source: 0, follow: true, tail: 10 },
    ...{
      caller: () => caller,
      push: (item) => items.push(item),
      isLeft: () => false,
      clock,
      random: () => 0.5,
      signal: stop.signal,
    },
    ...{ onHeard: () => undefined, onBroke: () => undefined, stands: () => undefined },
  });
  void follower.follow();
  return {
    ...{ clock, items, tries, follower },
    lines: () => items.flatMap((item) => (item.type === 'lines' ? item.text.split('\n') : [])),
    gaps: () => items.filter((item) => item.type === 'gap').map(({ missing }) => missing),
    /** The stream breaks, and the next one stands. */
    again: async () => {
      await settled();
      follower.reopen();
      await settled();
      clock.advance(1000);
      await settled();
    },
    look: async (now: readonly string[]) => {
      ids = now;
      await lookForContainers(() => caller, 'n', [follower], stop.signal);
      await settled();
    },
  };
}

test('a container that goes and comes back with a new id is followed on, whole, and that is said', async () => {
  const { clock, items, tries, look } = setUp();
  await settled();
  tries[0]?.write('of the first\n');
  await look(['ns/pod:app:aaa']);
  await look([]);
  expect(items.at(-1)).toMatchObject({ type: 'state', state: 'away' });
  await look(['ns/pod:app2:ccc', 'ns/pod:app:bbb']);
  clock.advance(1000);
  await settled();
  expect(items.filter(({ type }) => type === 'gap')).toMatchObject([
    { missing: 'restarted', containerId: 'ns/pod:app:bbb' },
  ]);
  expect(tries.at(-1)).toMatchObject({ id: 'ns/pod:app:bbb', tail: -1 });
  tries.at(-1)?.write('of the second\n');
  await settled();
  expect(items.flatMap((item) => (item.type === 'lines' ? [item.text] : []))).toEqual([
    'of the first',
    'of the second',
  ]);
});

test('what came again after a break is not lost when the container starts anew meanwhile', async () => {
  const { tries, look, again, lines, gaps } = setUp();
  await settled();
  await look(['ns/pod:app:aaa']);
  tries[0]?.write('a\n');
  await again();
  tries.at(-1)?.write('a\nb\n');
  await settled();
  await look(['ns/pod:app:bbb']);
  expect(lines()).toEqual(['a', 'b']);
  expect(gaps()).toEqual(['nothing', 'restarted']);
});

test('a log that comes again slowly is not taken for a new one', async () => {
  const { clock, tries, again, lines, gaps } = setUp();
  await settled();
  tries[0]?.write('a\nb\n');
  await again();
  tries.at(-1)?.write('a\n');
  await settled();
  clock.advance(500);
  await settled();
  expect(gaps()).toEqual([]);
  tries.at(-1)?.write('b\nc\n');
  await settled();
  clock.advance(500);
  await settled();
  expect(lines()).toEqual(['a', 'b', 'c']);
  expect(gaps()).toEqual(['nothing']);
});

test('of what comes again only so much is kept, the newest, and lines that are then missing are not told as a new start', async () => {
  const { clock, tries, again, lines, gaps } = setUp();
  await settled();
  tries[0]?.write('known\n');
  await again();
  for (let part = 0; part < 60; part += 1) {
    tries
      .at(-1)
      ?.write(`${Array.from({ length: 60 }, (_each, n) => `${part * 60 + n} ${'x'.repeat(1000)}`).join('\n')}\n`);
    await settled();
  }
  clock.advance(4000);
  await settled();
  expect(lines().join('').length).toBeLessThan(2.2 * 1024 * 1024);
  expect(lines().at(-1)).toMatch(/^3599 /);
  expect(gaps()).toEqual(['unknown']);
});

test('an id of a container that is too long to be one is none', async () => {
  const { items, look } = setUp();
  await settled();
  await look([`ns/pod:app:${'a'.repeat(5000)}`]);
  expect(items.at(-1)).toMatchObject({ state: 'away' });
});

test('events go on with the last known one after a break, and a node that tells of none for long has lost some', async () => {
  const { clock, items, tries, again, gaps } = setUp({ kind: 'events', node: 'n' });
  const event = (number: number): SentEvent => ({
    ...{ id: `c9m0l5q4h3s7b8n2r1${number}0`, actor_id: '' },
    data: { type_url: 'talos/runtime/machine.PhaseEvent', value: Buffer.alloc(0) },
  });
  const greeting = { id: 'c9m0l5q4h3s7b8n2r190', actor_id: '', data: { type_url: '', value: Buffer.alloc(0) } };
  const told = (): readonly string[] =>
    items.flatMap((item) => (item.type === 'events' ? item.events.map(({ id }) => id) : []));
  await settled();
  tries[0]?.tell([greeting, event(1), event(2)]);
  await again();
  expect(tries.at(-1)?.after).toBe('c9m0l5q4h3s7b8n2r11g');
  tries.at(-1)?.tell([greeting, event(2), event(3)]);
  await settled();
  expect(told()).toEqual([event(1).id, event(2).id, event(3).id]);
  expect(gaps()).toEqual(['nothing']);

  await again();
  tries.at(-1)?.tell([greeting]);
  await settled();
  expect(gaps()).toEqual(['nothing']);
  clock.advance(3000);
  expect(gaps()).toEqual(['nothing', 'unknown']);
});
