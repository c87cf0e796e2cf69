import { screen, waitFor } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { openApp } from '../support/open-app.ts';

it('lists images of the versions that were pasted, and says at the field which version is none', async () => {
  const bridge = clusterBridge().answer('bundles.images', (wish) =>
    wish.of === 'kubernetes' && wish.kubernetes === 'soon'
      ? {
          ok: false,
          failure: {
            ...{ code: 'invalid', message: '"soon" is no version.', retry: 'never', traceId: 'x' },
            where: { field: 'kubernetes' },
          },
        }
      : {
          ok: true,
          value: {
            images: [{ name: 'registry.k8s.io/etcd', tag: '3.7.1' }],
            talosctl: 'talosctl image k8s-bundle',
            notes: [],
          },
        },
  );
  const app = openApp('nodes', bridge);
  await screen.findByRole('row', { name: /worker-07/ });
  app.session.view.filling = { command: 'k8s-bundle', params: { kubernetes: 'v1.35.2' }, nodes: [] };
  app.session.view.isPaletteOpen = true;
  await app.user.type(await screen.findByRole('combobox', { name: 'Search or run' }), 'list the images');
  await app.user.click(await screen.findByRole('option', { name: /List the images/ }));

  expect((await screen.findByRole('cell', { name: 'registry.k8s.io/etcd' })).parentElement?.textContent).toContain(
    '3.7.1',
  );
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Kubernetes' });
  expect(field.value).toBe('v1.35.2');
  expect(screen.getByRole('button', { name: 'Copy 1 image' })).toBeTruthy();

  await app.user.clear(field);
  await app.user.type(field, 'soon');

  await waitFor(() => expect(screen.getByText('"soon" is no version.')).toBeTruthy());
});
