import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../preload/contract/index.ts';
import { createClient } from '../../../renderer/lib/bridge.ts';
import { OperationFailed } from '../../../renderer/lib/operation-failed.ts';
import { configOf } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, FakeBridge } from '../../fakes/bridge/fake-bridge.ts';

const RUN = { context: 'prod-fra', command: 'version', params: {}, nodes: ['10.5.0.2'], deadlineMs: 1000 };
const calling = (node: string): RunEvent => ({ type: 'calling', node, endpoint: '10.5.0.2' });
/** Lets everything already due happen. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a call', () => {
  it('answers a refusal as a value and throws it only when asked to', async () => {
    const bridge = new FakeBridge().answer('contexts.select', () => ({
      ok: false,
      failure: failureOf('not-found', 'There is no context x.'),
    }));
    const client = createClient(bridge);

    const outcome = await client.call('contexts.select', { name: 'x' });

    expect(outcome).toMatchObject({ ok: false, failure: { code: 'not-found' } });
    await expect(client.request('contexts.select', { name: 'x' })).rejects.toThrow(OperationFailed);
  });

  it('is cancelled in main when its signal aborts', async () => {
    let heard: AbortSignal | undefined;
    const bridge = new FakeBridge().answer('endpoints.test', (_, signal) => {
      heard = signal;
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    });
    const stop = new AbortController();
    const answer = createClient(bridge).call('endpoints.test', { context: 'prod-fra' }, { signal: stop.signal });

    stop.abort();

    await expect(answer).resolves.toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(heard?.aborted).toBe(true);
  });
});

describe('a topic', () => {
  it('says nothing more once it is left', async () => {
    const bridge = new FakeBridge().publish('config.state', {}, configOf());
    const heard: string[] = [];
    const stop = createClient(bridge).watch('config.state', {}, (message) => heard.push(message.type));
    await settled();

    stop();
    bridge.publish('config.state', {}, configOf({ fileContext: 'lab' }));

    expect(heard).toEqual(['value']);
    expect(bridge.watching()).toBe(0);
  });
});

describe('a stream', () => {
  it('gives credit back one batch at a time and only as it is read', async () => {
    const bridge = new FakeBridge();
    const reader = createClient(bridge).open('run', RUN, { credit: 2 })[Symbol.asyncIterator]();
    const first = reader.next();
    await settled();
    const stream = bridge.streams[0];
    for (const node of ['a', 'b', 'c', 'd']) stream?.batch([calling(node)]);
    await first;
    await settled();

    expect(stream?.credit).toBe(0);

    await reader.next();
    await settled();

    const third = await reader.next();
    expect(third.value).toEqual({ items: [calling('c')], skipped: 0 });
  });

  it('delivers what came before a failure, then throws it', async () => {
    const bridge = new FakeBridge().serve('run', (stream) => {
      stream.batch([calling('a')]);
      stream.fail(failureOf('unreachable', 'No endpoint answers.'));
    });
    const nodes: string[] = [];
    const read = async (): Promise<void> => {
      for await (const { items } of createClient(bridge).open('run', RUN)) {
        for (const item of items) if (item.type === 'calling') nodes.push(item.node);
      }
    };

    await expect(read()).rejects.toThrow('No endpoint answers.');
    expect(nodes).toEqual(['a']);
    expect(bridge.streams[0]?.isClosed).toBe(true);
  });

  it('is closed when its signal aborts while it waits', async () => {
    const bridge = new FakeBridge();
    const stop = new AbortController();
    const next = createClient(bridge).open('run', RUN, { signal: stop.signal })[Symbol.asyncIterator]().next();
    await settled();

    stop.abort();

    await expect(next).resolves.toEqual({ done: true, value: undefined });
    expect(bridge.streams[0]?.isClosed).toBe(true);
  });

  it('is closed when the reader leaves the loop', async () => {
    const bridge = new FakeBridge().serve('run', (stream) => stream.batch([calling('a')]));

    for await (const _ of createClient(bridge).open('run', RUN)) break;

    expect(bridge.streams[0]?.isClosed).toBe(true);
  });
});
