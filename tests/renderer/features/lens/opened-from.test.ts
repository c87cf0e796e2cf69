import { screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { LensSourceWish } from '../../../../preload/contract/index.ts';
import { lens } from '../../../../renderer/features/lens/index.ts';
import { lensesOf } from '../../../../renderer/features/lens/lenses.svelte.ts';
import { containerThing, failureThing, serviceThing } from '../../../../renderer/state/parts/things.ts';
import { fakeLenses } from '../../../fakes/fake-lens.ts';
import { openApp } from '../../support/open-app.ts';

const [CP_1, CP_2] = ['10.5.0.2', '10.5.0.3'];
const line = JSON.stringify({ command: 'logs', params: { id: 'etcd', follow: true, tail: '5' }, nodes: [CP_2] });

it('a lens is opened from a node, a service, a container, a failure and a pasted line, with what they are about', async () => {
  const { session } = openApp('lens');
  const fakes = fakeLenses();
  lensesOf(session).makeLens = fakes.make;
  await screen.findByRole('button', { name: 'Choose what to follow…' });
  const sourcesBy = (offer: string, thing: string): readonly LensSourceWish[] | undefined => {
    void lens.offers?.find(({ id }) => id === offer)?.run(session, thing);
    return fakes.all.at(-1)?.adding[0]?.sources;
  };

  expect(sourcesBy('node.lens-machine', CP_1)).toEqual([
    { kind: 'events', node: CP_1 },
    { kind: 'kernel', node: CP_1 },
  ]);
  const service = serviceThing(CP_1, 'kubelet').id;
  expect(sourcesBy('service.logs', service)).toEqual([{ kind: 'service', node: CP_1, id: 'kubelet' }]);
  const everywhere = sourcesBy('service.logs-everywhere', service);
  expect(everywhere?.length).toBeGreaterThan(2);
  expect(everywhere).toContainEqual({ kind: 'service', node: CP_2, id: 'kubelet' });
  expect(sourcesBy('container.logs', containerThing(CP_1, 'shop/web-1:web:1a2b3c').id)).toEqual([
    { kind: 'container', node: CP_1, id: 'shop/web-1:web' },
  ]);
  expect(sourcesBy('failure.logs', failureThing([CP_1, CP_2]).id)).toHaveLength(4);
  expect(sourcesBy('talosctl-line.lens', line)).toEqual([{ kind: 'service', node: CP_2, id: 'etcd' }]);
  expect(fakes.all.at(-1)?.adding[0]).toMatchObject({ follow: true, tail: 5 });

  void lens.offers?.find(({ id }) => id === 'node.lens')?.run(session, CP_2);
  expect(lensesOf(session).picking?.draft.nodes).toEqual([CP_2]);
});
