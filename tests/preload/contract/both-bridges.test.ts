import { describe, expect, it } from 'vitest';
import {
  CALLS,
  STREAMS,
  TOPICS,
  type CallName,
  type Outcome,
  type ProducerMessage,
  type StreamName,
  type TopicName,
} from '../../../preload/contract/index.ts';
import { Failed } from '../../../main/lib/failed.ts';
import { failureOf } from '../../fakes/bridge/fake-bridge.ts';
import { fakeBridge, realServers, type TestedBridge } from './both-bridges.ts';
import { sampleInput } from './sample-input.ts';

/** What the page relies on, of the fake bridge that its tests have and of main's own servers alike. */

const RUN = sampleInput(STREAMS.run.input);
const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.failure.code);
const ok = (value?: unknown): Outcome<unknown> => ({ ok: true, value });
const kindsOf = (messages: readonly ProducerMessage[]): readonly string[] =>
  messages.map((message) => (message.type === 'failed' ? message.failure.code : message.type));

/** Everything a port says, and a way to wait for it. */
function listener() {
  const messages: ProducerMessage[] = [];
  let heard = (): void => undefined;
  return {
    messages,
    listen: (message: ProducerMessage): void => {
      messages.push(message);
      heard();
    },
    until: async (isEnough: () => boolean): Promise<void> => {
      while (!isEnough()) await new Promise<void>((resolve) => (heard = resolve));
    },
  };
}

/** Lets whatever is on its way arrive, through ports as well. */
async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
}

describe.each<[string, () => TestedBridge]>([
  ['the fake bridge', fakeBridge],
  ["main's servers", realServers],
])('a call to %s', (_what, open) => {
  it.each(Object.keys(CALLS) as CallName[])(
    'gives what was asked to %s alone, and refuses anything more',
    async (name) => {
      const { bridge, answer } = open();
      const heard: unknown[] = [];
      answer(name, (input) => {
        heard.push(input);
        return Promise.resolve(ok({ list: [1] }));
      });
      const input = sampleInput(CALLS[name].input);

      expect(await bridge.call(1, name, input)).toEqual(ok({ list: [1] }));
      expect(codeOf(await bridge.call(2, name, { ...(input as object), surprise: 1 }))).toBe('invalid');
      expect(codeOf(await bridge.call(3, name, 'text'))).toBe('invalid');
      expect(codeOf(await bridge.call(4, name, { surprise: 'x'.repeat(2_000_000) }))).toBe('too-large');
      expect(heard).toEqual([input]);
    },
  );

  it.each(['no.such', '__proto__', 'constructor', ''])('refuses the unknown name %j', async (name) => {
    expect(codeOf(await open().bridge.call(1, name, {}))).toBe('refused');
  });

  it('never rejects: a failure is an answer, and a mistake one without its words', async () => {
    const { bridge, answer } = open();
    answer('app.info', () => Promise.resolve({ ok: false, failure: failureOf('conflict', 'It changed.') }));
    answer('config.reload', () => Promise.reject(new Error('internals')));

    expect(await bridge.call(1, 'app.info', {})).toMatchObject({ ok: false, failure: { message: 'It changed.' } });
    const mistake = await bridge.call(2, 'config.reload', {});
    expect(codeOf(mistake)).toBe('internal');
    expect(JSON.stringify(mistake)).not.toContain('internals');
  });

  it('shares no object with the page, in neither direction', async () => {
    const { bridge, answer } = open();
    const kept: { name: string }[] = [];
    const value = { names: ['a'] };
    answer('contexts.select', (input) => {
      kept.push(input as { name: string });
      return Promise.resolve(ok(value));
    });
    const input = { name: 'prod' };
    const outcome = await bridge.call(1, 'contexts.select', input);
    input.name = 'changed';
    value.names.push('b');

    expect(kept).toEqual([{ name: 'prod' }]);
    expect(outcome).toEqual(ok({ names: ['a'] }));
  });

  it('is cancelled by its id, every one of that id and no other, and only while it runs', async () => {
    const { bridge, answer, ...rest } = open();
    const aborted: string[] = [];
    answer('contexts.select', (input, signal) => {
      const { name } = input as { name: string };
      if (name === 'quick') return Promise.resolve(ok('quick'));
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push(name);
          reject(signal.reason as Error);
        });
      });
    });
    const calls = [
      bridge.call(1, 'contexts.select', { name: 'a' }),
      bridge.call(1, 'contexts.select', { name: 'b' }),
      bridge.call(2, 'contexts.select', { name: 'c' }),
    ];
    bridge.cancel(3);
    bridge.cancel(1);

    expect((await Promise.all(calls.slice(0, 2))).map(codeOf)).toEqual(['cancelled', 'cancelled']);
    expect(aborted).toEqual(['a', 'b']);
    bridge.cancel(2);
    expect(codeOf(await calls[2]!)).toBe('cancelled');
    bridge.cancel(1);
    expect(codeOf(await bridge.call(1, 'contexts.select', { name: 'quick' }))).toBe('ok');
    expect(rest.open).toBe(0);
  });
});

describe.each<[string, () => TestedBridge]>([
  ['the fake bridge', fakeBridge],
  ["main's servers", realServers],
])('a topic of %s', (_what, open) => {
  it.each(Object.keys(TOPICS) as TopicName[])('%s begins with a whole value and ends with its newest', async (name) => {
    const tested = open();
    const params = sampleInput(TOPICS[name].input);
    tested.publish(name, params, { list: [0] });
    const { messages, listen, until } = listener();
    const port = tested.bridge.watch(name, params, listen);
    await until(() => messages.length > 0);
    for (let i = 1; i <= 5; i++) tested.publish(name, params, { list: [i] });
    const values = (): readonly unknown[] => messages.map((m) => (m.type === 'value' ? m.value : m));
    await until(() => JSON.stringify(values().at(-1)) === '{"list":[5]}');

    expect(values()[0]).toEqual({ list: [0] });
    const revisions = messages.map((m) => (m.type === 'value' ? m.revision : NaN));
    expect(revisions[0]).toBe(1);
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    port.close();
    tested.publish(name, params, { list: [6] });
    await settled();
    expect(values().at(-1)).toEqual({ list: [5] });
    expect(tested.open).toBe(0);
  });

  it('is one of its parameters alone', async () => {
    const tested = open();
    for (const context of ['a', 'b']) tested.publish('pool.state', { context }, { of: context });
    const { messages, listen, until } = listener();
    const port = tested.bridge.watch('pool.state', { context: 'a' }, listen);
    await until(() => messages.length > 0);
    tested.publish('pool.state', { context: 'b' }, { of: 'b again' });
    await settled();

    expect(messages).toEqual([{ type: 'value', revision: 1, value: { of: 'a' } }]);
    port.close();
  });

  it.each([
    ['an unknown name', 'no.state', {}, 'refused'],
    ['__proto__', '__proto__', {}, 'refused'],
    ['parameters too many', 'config.state', { surprise: 1 }, 'invalid'],
    ['parameters too few', 'pool.state', {}, 'invalid'],
  ])('is refused for %s, as a failure that is told once', async (_name, name, params, code) => {
    const tested = open();
    const { messages, listen, until } = listener();
    tested.bridge.watch(name, params, listen);
    await until(() => messages.length > 0);
    await settled();

    expect(kindsOf(messages)).toEqual([code]);
    expect(tested.open).toBe(0);
  });
});

describe.each<[string, () => TestedBridge]>([
  ['the fake bridge', fakeBridge],
  ["main's servers", realServers],
])('a stream of %s', (_what, open) => {
  const itemsOf = (messages: readonly ProducerMessage[]): readonly unknown[] =>
    messages.flatMap((message) => (message.type === 'batch' ? message.items : []));

  it.each(Object.keys(STREAMS) as StreamName[])(
    '%s says nothing before credit, then everything in order',
    async (name) => {
      const tested = open();
      const heard: unknown[] = [];
      tested.serve(name, async function* (params) {
        heard.push(params);
        yield* [{ n: 1 }, { n: 2 }, { n: 3 }];
      });
      const { messages, listen, until } = listener();
      const params = sampleInput(STREAMS[name].input);
      const port = tested.bridge.open(name, params, listen);
      await settled();
      expect(messages).toEqual([]);
      port.credit(10);
      await until(() => messages.at(-1)?.type === 'end');

      expect(heard).toEqual([params]);
      expect(itemsOf(messages)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
      const seqs = messages.flatMap((message) => (message.type === 'batch' ? [message.seq] : []));
      expect(seqs).toEqual(seqs.map((_seq, index) => index));
      expect(tested.open).toBe(0);
    },
  );

  it('sends no more batches than it has credit for', async () => {
    const tested = open();
    let release = (): void => undefined;
    tested.serve('run', async function* () {
      yield 1;
      await new Promise<void>((resolve) => (release = resolve));
      yield 2;
    });
    const { messages, listen, until } = listener();
    const port = tested.bridge.open('run', RUN, listen);
    port.credit(1);
    await until(() => messages.length === 1);
    release();
    await settled();
    expect(itemsOf(messages)).toEqual([1]);
    for (const nonsense of [0, -1, 0.5, NaN]) port.credit(nonsense);
    await settled();
    expect(itemsOf(messages)).toEqual([1]);
    port.credit(1);
    await until(() => messages.at(-1)?.type === 'end');

    expect(itemsOf(messages)).toEqual([1, 2]);
  });

  it('tells what came before a failure first', async () => {
    const tested = open();
    tested.serve('run', async function* () {
      yield 'first';
      throw new Failed({ code: 'timeout', message: 'Too late.' });
    });
    const { messages, listen, until } = listener();
    tested.bridge.open('run', RUN, listen).credit(4);
    await until(() => messages.length === 2);

    expect(kindsOf(messages)).toEqual(['batch', 'timeout']);
    expect(tested.open).toBe(0);
  });

  it('stops its source when it is closed, and says nothing more', async () => {
    const tested = open();
    let isStopped = false;
    tested.serve('run', async function* (_params, signal) {
      yield 1;
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      isStopped = true;
      yield 2;
    });
    const { messages, listen, until } = listener();
    const port = tested.bridge.open('run', RUN, listen);
    port.credit(4);
    await until(() => messages.length === 1);
    port.close();
    await settled();

    expect(kindsOf(messages)).toEqual(['batch']);
    expect([isStopped, tested.open]).toEqual([true, 0]);
  });

  it.each([
    ['an unknown name', 'no', {}, 'refused'],
    ['a wrong shape', 'run', { nodes: [] }, 'invalid'],
  ])('is refused for %s, as a failure that needs no credit', async (_name, name, params, code) => {
    const tested = open();
    const { messages, listen, until } = listener();
    tested.bridge.open(name, params, listen);
    await until(() => messages.length > 0);

    expect(kindsOf(messages)).toEqual([code]);
    expect(tested.open).toBe(0);
  });
});
