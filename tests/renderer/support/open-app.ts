import { render } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { vi, type Mock } from 'vitest';
import App from '../../../renderer/App.svelte';
import type { Session } from '../../../renderer/state/context.ts';
import type { Shelf } from '../../../renderer/state/preferences.svelte.ts';
import { createSession } from '../../../renderer/state/session.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../fakes/bridge/cluster-data.ts';
import type { FakeBridge } from '../../fakes/bridge/fake-bridge.ts';

export interface OpenApp {
  readonly bridge: FakeBridge;
  readonly session: Session;
  readonly user: UserEvent;
  /** How often the page wanted to be loaded anew. */
  readonly reload: Mock<() => void>;
}

/** The whole page on a fake bridge, at a screen; with a shelf, what is kept there is remembered. */
export function openApp(
  screen = 'nodes',
  bridge: FakeBridge = clusterBridge(),
  now = () => NOW_MS,
  shelf?: Shelf,
): OpenApp {
  window.location.hash = `#/${screen}`;
  const reload = vi.fn<() => void>();
  const session = createSession({ bridge, now, reload, shelf });
  render(App, { props: { session } });
  return { bridge, session, user: userEvent.setup(), reload };
}
