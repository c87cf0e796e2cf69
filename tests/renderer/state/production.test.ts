import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { configOf } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../support/open-app.ts';

const asked = (bridge: FakeBridge) =>
  bridge.calls.filter(({ name }) => name === 'contexts.setProduction').map(({ input }) => input);

/** A page that an earlier version left with marks. */
function openWith(marks: readonly unknown[], bridge = clusterBridge()) {
  const kept = new Map([['minos.preferences', JSON.stringify({ marks })]]);
  const shelf = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  return openApp('overview', bridge, undefined, shelf);
}

describe('marks of an earlier version', () => {
  it('are handed over to main once their context is there, and deleted here then', async () => {
    const { bridge, session } = openWith([
      ['lab', { band: 3, isProduction: true }],
      ['elsewhere', { isProduction: true }],
      ['staging', { isProduction: false }],
    ]);

    await waitFor(() => expect(session.preferences.oldProduction).toEqual(['elsewhere']));
    expect(asked(bridge)).toEqual([{ context: 'lab', isProduction: true }]);
    expect(session.preferences.bandOf('lab')).toBe(3);
    expect(session.topics.config.current?.contexts.find(({ id }) => id === 'lab')?.isProduction).toBe(true);
  });

  it('stay and count while main cannot keep them', async () => {
    const bridge = clusterBridge().answer('contexts.setProduction', () => ({
      ok: false,
      failure: failureOf('file-access', 'The settings cannot be written.'),
    }));
    const { session } = openWith([['prod-fra', { isProduction: true }]], bridge);

    await waitFor(() => expect(asked(bridge)).toHaveLength(1));
    expect(session.preferences.oldProduction).toEqual(['prod-fra']);
    expect(document.querySelector('header .mark')?.textContent).toBe('production');
  });

  it('are not handed over any more once they were taken away', async () => {
    const first = Promise.withResolvers<undefined>();
    const bridge = clusterBridge().answer('contexts.setProduction', async () => {
      await first.promise;
      return { ok: true, value: undefined };
    });
    const { session } = openWith(
      [
        ['lab', { isProduction: true }],
        ['prod-fra', { isProduction: true }],
      ],
      bridge,
    );
    await waitFor(() => expect(asked(bridge)).toEqual([{ context: 'lab', isProduction: true }]));

    session.preferences.dropOldProduction('prod-fra');
    first.resolve(undefined);

    await waitFor(() => expect(session.preferences.oldProduction).toEqual([]));
    expect(asked(bridge)).toEqual([{ context: 'lab', isProduction: true }]);
  });

  it('are never given to the contexts of the demo', async () => {
    const demo = configOf({ choice: { ...configOf().choice, reason: 'demo' } });
    const { bridge, session } = openWith(
      [['prod-fra', { isProduction: true }]],
      clusterBridge().publish('config.state', {}, demo),
    );

    await waitFor(() => expect(session.topics.config.current).toBeDefined());
    await waitFor(() => expect(document.querySelector('header')).not.toBeNull());
    expect([asked(bridge), session.preferences.oldProduction]).toEqual([[], ['prod-fra']]);
  });
});
