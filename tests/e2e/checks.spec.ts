import { MinosPage } from './pages/minos-page.ts';
import { wrongInEither } from './support/axe.ts';
import { expect, test } from './support/fixture.ts';
import { picture } from './support/picture.ts';

test('a health check, control groups, peers and images are all reached by their lines', async ({ launch }) => {
  test.setTimeout(180_000);
  const { page } = await launch({ args: ['--demo'] });
  await page.setViewportSize({ width: 1280, height: 800 });
  const minos = new MinosPage(page);

  await minos.pasteLine('talosctl -n 10.5.0.2 health --wait-timeout 20m');
  await expect(page.getByRole('main', { name: 'Health check' })).toBeVisible();
  await page.getByRole('button', { name: 'Check demo' }).click();
  // A worker of the demo is down, so the list stops there and says since when.
  await expect(page.getByText(/Waiting for apid to be ready\. 3 checks passed/).first()).toBeVisible();
  await expect(page.getByText(/error getting version from node/)).toBeVisible();
  await picture(page, 'health');
  expect(await wrongInEither(page)).toEqual([]);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText(/^Cancelled:/).first()).toBeVisible();

  await minos.open('Nodes');
  await minos.pasteLine('talosctl -n 10.5.0.5 cgroups --preset memory');
  await minos.startForm();
  await expect(minos.drawer).toContainText('kube-system/kube-flannel');
  await picture(page, 'cgroups');
  expect(await wrongInEither(page)).toEqual([]);

  await minos.pasteLine('talosctl -n 10.5.0.2,10.5.0.5 netstat -a -p -k');
  await minos.startForm();
  await expect(minos.drawer.getByRole('list', { name: /^States of/ })).toContainText('LISTEN');
  await minos.drawer.getByRole('button', { name: 'Who talks to whom' }).click();
  await expect(minos.drawer.getByRole('grid', { name: /^Peers of run/ })).toContainText('cp-2');
  await picture(page, 'peers');
  expect(await wrongInEither(page)).toEqual([]);

  await minos.run('Certificates');
  await expect(minos.drawer).toContainText('None of these ends within 30 days');
  await expect(minos.answer('cp-1').first()).toContainText('Talos API');
  await picture(page, 'certificates');
  expect(await wrongInEither(page)).toEqual([]);

  await minos.pasteLine('talosctl image k8s-bundle --k8s-version v1.35.2');
  await expect(page.getByRole('cell', { name: 'registry.k8s.io/kube-apiserver' })).toBeVisible();
  await picture(page, 'bundle');
  expect(await wrongInEither(page)).toEqual([]);

  await page.keyboard.press('Escape');
  // All is well in the other cluster: Minos comes to the end of the list by itself, Kubernetes and all.
  await minos.selectContext('lab');
  await minos.pasteLine('talosctl -n 10.5.0.2 health --server=false');
  await page.getByRole('button', { name: 'Check lab' }).click();
  await expect(page.getByText(/^Healthy: 16 checks passed/).first()).toBeVisible({ timeout: 30_000 });
  await picture(page, 'health-here');
  expect(await wrongInEither(page)).toEqual([]);
});
