import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSimulator, type ChildSimulator } from '../../main/simulator/process.ts';
import { expect, test } from './support/fixture.ts';
import { MinosPage } from './pages/minos-page.ts';

let simulator: ChildSimulator;
test.beforeEach(async () => {
  simulator = await spawnSimulator({ args: ['--nodes', '43', '--endpoints', '3'], forSeconds: 120 });
});
test.afterEach(() => simulator.close());

test('answers every read while an endpoint is killed during the run', async ({ launch, home }) => {
  const path = join(home, 'my talosconfig.yaml');
  writeFileSync(path, simulator.talosconfig, { mode: 0o600 });
  const [cluster] = simulator.clusters;
  for (const { name } of cluster!.nodes) await simulator.setNodeFault(name, { kind: 'slow', latencyMs: 1500 });
  const { page } = await launch({ args: ['--talosconfig', path] });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(minos.nodeRows.first()).toBeVisible();

  await minos.run('Version');
  await expect
    .poll(async () => (await simulator.calls()).filter(({ node }) => node !== undefined).length)
    .toBeGreaterThan(20);
  const killed = cluster!.endpoints[0]!.target;
  await simulator.setEndpointFault(killed, { kind: 'refuse' });

  await expect(minos.drawer).toContainText('43 nodes · 43 ok', { timeout: 30_000 });
  const endpoints = await minos.open('Endpoints');
  await expect(endpoints.getByRole('listitem').filter({ hasText: killed })).toContainText(/refused|waiting|closed/i);
});

test('says for every endpoint why none can be reached, and recovers', async ({ launch, home }) => {
  const path = join(home, 'config');
  writeFileSync(path, simulator.talosconfig, { mode: 0o600 });
  const [cluster] = simulator.clusters;
  for (const { target } of cluster!.endpoints) await simulator.setEndpointFault(target, { kind: 'refuse' });
  const { page } = await launch({ args: ['--talosconfig', path] });
  const minos = new MinosPage(page);
  const endpoints = await minos.open('Endpoints');

  await endpoints.getByRole('button', { name: 'Test now' }).click();
  const causes = endpoints.getByRole('region', { name: 'No endpoint answers' });
  await expect(causes.getByRole('heading', { level: 3 })).toHaveText(/refused the connection\.$/);
  for (const { target } of cluster!.endpoints) await expect(causes).toContainText(target);
  await expect(endpoints).toContainText('3 not reached');
  await simulator.clearFaults();
  await endpoints.getByRole('button', { name: 'Test now' }).click();

  await expect(endpoints).toContainText('3 ready');
});
