import { expect, test } from 'vitest';
import { publish, TOPIC_INTERVAL_MS } from '../../../main/ipc/publish.ts';
import { fitsMessage } from '../../../main/lib/message-size.ts';
import { Value } from '../../../main/lib/observable.ts';
import { createClient, type TopicMessage } from '../../../renderer/lib/bridge.ts';
import type { Bridge, ProducerMessage } from '../../../preload/contract/index.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const large = (size: number) => ({ rows: Array.from({ length: size }, (_, id) => ({ id, text: 'x'.repeat(1000) })) });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function start(value: unknown) {
  const source = new Value(value);
  const clock = new FakeClock();
  const stop = new AbortController();
  const sent: ProducerMessage[] = [];
  const failures: unknown[] = [];
  publish(
    source,
    (message) => sent.push(structuredClone(message)),
    stop.signal,
    clock,
    (error) => failures.push(error),
  );
  return { source, clock, stop, sent, failures };
}

/** What a page makes of messages. */
function seenBy(messages: readonly ProducerMessage[]): readonly TopicMessage<unknown>[] {
  const seen: TopicMessage<unknown>[] = [];
  const bridge = {
    watch: (_name: string, _params: unknown, onMessage: (message: ProducerMessage) => void) => {
      messages.forEach(onMessage);
      return { credit: () => undefined, close: () => undefined };
    },
  };
  createClient(bridge as unknown as Bridge).watch('runs.history', {}, (message) => seen.push(message));
  return seen;
}

test('a value that is too large for a message comes in parts that fit, and is whole for the page', async () => {
  const value = large(3000);
  const { sent } = start(value);
  while (sent.at(-1)?.type !== 'part' || (sent.at(-1) as { isLast?: boolean }).isLast !== true) await turn();

  expect(sent.length).toBeGreaterThan(3);
  for (const message of sent) expect(fitsMessage(message)).toBe(true);
  expect(seenBy(sent)).toEqual([{ type: 'value', value }]);
});

test('a value that changes while its parts go is sent after the last of them', async () => {
  const { source, clock, sent } = start(large(3000));
  source.set(large(2));
  while ((sent.at(-1) as { isLast?: boolean }).isLast !== true) await turn();
  clock.advance(TOPIC_INTERVAL_MS);

  expect(sent.at(-1)).toMatchObject({ type: 'value', revision: 2 });
  expect(seenBy(sent).map(({ type }) => type)).toEqual(['value', 'value']);
});

test('parts stop when the page leaves', async () => {
  const { stop, sent } = start(large(3000));
  stop.abort();
  const before = sent.length;
  for (let turns = 0; turns < 20; turns += 1) await turn();

  expect(sent).toHaveLength(before);
});

test('a value above all bounds ends the topic in words', () => {
  const { sent, failures } = start(large(70_000));

  expect(sent).toEqual([]);
  expect(failures).toMatchObject([{ failure: { code: 'too-large' } }]);
});
