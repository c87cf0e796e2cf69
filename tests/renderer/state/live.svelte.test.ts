import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../../renderer/lib/bridge.ts';
import { Topics } from '../../../renderer/state/topics.ts';
import { configOf, poolOf } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, FakeBridge } from '../../fakes/bridge/fake-bridge.ts';

const settled = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve));
  flushSync();
};

function topicsOf(bridge: FakeBridge): Topics {
  return new Topics(createClient(bridge));
}

describe('a live topic', () => {
  it('is watched once for two readers and left after the second', async () => {
    const bridge = new FakeBridge().publish('config.state', {}, configOf());
    const topics = topicsOf(bridge);
    const read = (): (() => void) =>
      $effect.root(() => {
        $effect(() => void topics.config.current);
      });

    expect(bridge.watching()).toBe(0);
    const first = read();
    const second = read();
    await settled();
    expect(bridge.watching('config.state')).toBe(1);
    first();
    await settled();
    expect(bridge.watching('config.state')).toBe(1);
    second();
    await settled();

    expect(bridge.watching()).toBe(0);
  });

  it('tells a derivation that makes it and reads it in one go', async () => {
    const bridge = new FakeBridge();
    const topics = topicsOf(bridge);
    const seen: (number | undefined)[] = [];
    const stop = $effect.root(() => {
      const count = $derived(topics.pool('prod-fra').current?.endpoints.length);
      $effect(() => void seen.push(count));
    });
    await settled();

    bridge.publish('pool.state', { context: 'prod-fra' }, poolOf());
    await settled();
    bridge.publish('pool.state', { context: 'prod-fra' }, poolOf({ endpoints: [] }));
    await settled();
    stop();

    expect(seen).toEqual([undefined, 3, 0]);
  });

  it('keeps the last value beside a failure and can be watched again', async () => {
    const bridge = new FakeBridge().publish('config.state', {}, configOf());
    const topics = topicsOf(bridge);
    const seen: string[] = [];
    const stop = $effect.root(() => {
      $effect(
        () => void seen.push(`${topics.config.current?.status ?? 'none'} ${topics.config.failure?.code ?? 'fine'}`),
      );
    });
    await settled();

    bridge.failTopic('config.state', {}, failureOf('internal', 'The file watcher stopped.'));
    await settled();
    bridge.publish('config.state', {}, configOf({ status: 'empty' }));
    topics.config.again();
    await settled();
    stop();

    expect(seen.slice(0, 3)).toEqual(['none fine', 'ready fine', 'ready internal']);
    expect(seen.at(-1)).toBe('empty fine');
  });
});
