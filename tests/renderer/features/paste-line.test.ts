import { screen, waitFor } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { ContextSummary } from '../../../preload/contract/index.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { configOf, CONTEXTS, PATH } from '../../fakes/bridge/cluster-data.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';

const inFile = (name: string, file: string): ContextSummary => ({ ...CONTEXTS[0]!, id: `${file}#${name}`, name, file });

/** Pastes a line that names a context. */
async function paste(context: string, contexts: readonly ContextSummary[] = CONTEXTS): Promise<OpenApp> {
  const bridge = clusterBridge().answer('runs.parseTalosctl', () => ({
    ok: true,
    value: { command: 'version', params: {}, nodes: [], notes: [], context },
  }));
  bridge.publish('config.state', {}, configOf({ contexts }));
  const app = openApp('nodes', bridge);
  await screen.findByRole('row', { name: /worker-07/ });
  app.session.view.pasted = '';
  // It has the focus as soon as it is there: what is pasted goes into it.
  await screen.findByRole('textbox', { name: 'Command line' });
  await app.user.paste(`talosctl --context ${context} version`);
  await screen.findByText('Version', { selector: 'strong' });
  return app;
}

const proceed = (): HTMLButtonElement => screen.getByRole<HTMLButtonElement>('button', { name: 'Continue' });

it('says that no open file has the context of a line', async () => {
  await paste('nowhere');

  expect(screen.getByText('✕ No open talosconfig has a context “nowhere”.')).toBeTruthy();
  expect(proceed().disabled).toBe(true);
});

it.each(['prod-fra', ''])('goes on where the line names the context in use, or none (%j)', async (name) => {
  await paste(name);

  expect(proceed().disabled).toBe(false);
});

it('offers to work on another context that the line names, and goes on then', async () => {
  const app = await paste('staging');
  expect(proceed().disabled).toBe(true);

  await app.user.click(screen.getByRole('button', { name: 'Work on staging' }));

  expect(app.bridge.calls.findLast(({ name }) => name === 'contexts.select')?.input).toEqual({ name: 'staging' });
  app.bridge.publish('config.state', {}, configOf({ selected: 'staging' }));
  await waitFor(() => expect(proceed().disabled).toBe(false));
});

it('means the context of the file in use, as talosctl does, before one of that name in another file', async () => {
  const app = await paste('staging', [...CONTEXTS, inFile('staging', '/other')]);
  await app.user.click(screen.getByRole('button', { name: /^Work on staging/ }));

  expect(app.bridge.calls.findLast(({ name }) => name === 'contexts.select')?.input).toEqual({ name: 'staging' });
  expect(CONTEXTS.find(({ id }) => id === 'staging')?.file).toBe(PATH);
});

it('finds a context of another open file, and says where only several have it', async () => {
  const app = await paste('edge', [...CONTEXTS, inFile('edge', '/other')]);
  await app.user.click(screen.getByRole('button', { name: /^Work on edge/ }));
  expect(app.bridge.calls.findLast(({ name }) => name === 'contexts.select')?.input).toEqual({ name: '/other#edge' });

  app.bridge.publish(
    'config.state',
    {},
    configOf({ contexts: [...CONTEXTS, inFile('edge', '/other'), inFile('edge', '/third')] }),
  );
  expect(await screen.findByText(/Several open files have a context “edge”/)).toBeTruthy();
  expect(proceed().disabled).toBe(true);
});
