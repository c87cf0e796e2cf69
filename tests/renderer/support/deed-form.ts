import { screen, waitFor, within } from '@testing-library/svelte';
import { expect } from 'vitest';
import type { DeedSummary } from '../../../preload/contract/index.ts';
import { deedFlow } from '../../../renderer/features/deeds/deed-flow.svelte.ts';
import type { FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { openApp, type OpenApp } from './open-app.ts';

interface DeedForm extends OpenApp {
  readonly sheet: HTMLElement;
  /** The button that asks for the plan. */
  readonly plan: HTMLButtonElement;
}

/** The page with the sheet of a deed, which asks for what has to be said before it is planned. */
export async function openDeedForm(bridge: FakeBridge, kind: DeedSummary, node = '10.0.0.1'): Promise<DeedForm> {
  bridge.publish('deeds.state', {}, { deeds: [] }).answer('deeds.list', () => ({ ok: true, value: [kind] }));
  const app = openApp('runs', bridge);
  const flow = deedFlow(app.session);
  await waitFor(() => expect(flow.kinds.current).toHaveLength(1));
  flow.open({ context: 'prod-fra', nodes: [node], deed: kind.id, params: {} });
  const sheet = await screen.findByRole('dialog');
  const plan = within(sheet).getByRole<HTMLButtonElement>('button', { name: 'Show the plan' });
  return { ...app, sheet, plan };
}
