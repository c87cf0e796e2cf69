import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSimulator, type ChildSimulator } from '../../main/simulator/process.ts';
import { expect, test } from './support/fixture.ts';
import { undoByKey } from './pages/change-question.ts';
import { MinosPage } from './pages/minos-page.ts';

let simulator: ChildSimulator;
let targets: readonly string[];
test.beforeEach(async () => {
  simulator = await spawnSimulator({ args: ['--nodes', '6', '--control-planes', '4'], forSeconds: 120 });
  targets = simulator.clusters[0]!.endpoints.map(({ target }) => target);
});
test.afterEach(() => simulator.close());

const talosconfigIn = (home: string): string => {
  const path = join(home, 'config');
  writeFileSync(path, simulator.talosconfig, { mode: 0o600 });
  return path;
};

test('an endpoint that is switched off gets no calls until it is switched on', async ({ launch, home }) => {
  const { page } = await launch({ args: ['--talosconfig', talosconfigIn(home)] });
  const minos = new MinosPage(page);
  const endpoints = await minos.open('Endpoints');
  await endpoints.getByRole('button', { name: 'Test now' }).click();
  await expect(endpoints).toContainText('4 ready');
  await expect(endpoints.getByRole('listitem').filter({ hasText: '1.13.9' })).toHaveCount(4);

  for (const target of targets.slice(1)) await endpoints.getByRole('button', { name: `Switch off ${target}` }).click();
  await expect(endpoints).toContainText('1 ready, 3 off');
  await minos.open('Nodes');
  const before = (await simulator.calls()).length;
  await minos.run('Version');
  await expect(minos.drawer).toContainText('6 nodes · 6 ok');
  const calls = (await simulator.calls()).slice(before);
  expect(new Set(calls.map(({ endpoint }) => endpoint))).toEqual(new Set([targets[0]]));

  await minos.open('Endpoints');
  await endpoints.getByRole('button', { name: `Switch on ${targets[1]!}` }).click();
  await endpoints.getByRole('button', { name: 'Test now' }).click();
  await expect(endpoints).toContainText('2 ready, 2 off');
});

test('all down is a page with one cause per endpoint and what to try', async ({ launch, home }) => {
  const [foreign, expired, refused, otherName] = targets as [string, string, string, string];
  const shows = (endpoint: string, certificate: 'foreign-authority' | 'expired' | 'wrong-address') =>
    simulator.setEndpointFault(endpoint, { kind: 'certificate', shows: certificate, resetOpen: true });
  await shows(foreign, 'foreign-authority');
  await shows(expired, 'expired');
  await simulator.setEndpointFault(refused, { kind: 'refuse' });
  await shows(otherName, 'wrong-address');
  const { page } = await launch({ args: ['--talosconfig', talosconfigIn(home)] });
  const endpoints = await new MinosPage(page).open('Endpoints');

  await endpoints.getByRole('button', { name: 'Test now' }).click();

  const down = endpoints.getByRole('region', { name: 'No endpoint answers' });
  const headings = down.getByRole('heading', { level: 3 });
  await expect(headings).toHaveCount(4);
  await expect(headings.nth(0)).toContainText(/another cluster|not signed by/);
  await expect(headings.nth(1)).toContainText(/expired/);
  await expect(headings.nth(2)).toContainText(/refused the connection/);
  await expect(headings.nth(3)).toContainText(/name|address/);
  for (const advice of ['may have been regenerated', 'a clock is likely wrong', 'check address and port', 'certSANs']) {
    await expect(down).toContainText(advice);
  }

  await simulator.clearFaults();
  await endpoints.getByRole('button', { name: 'Test now' }).click();
  await expect(endpoints).toContainText('4 ready');
});

test('the endpoints are reordered by keyboard, the file says so, and it is taken back', async ({ launch, home }) => {
  const path = talosconfigIn(home);
  const { page } = await launch({ args: ['--talosconfig', path] });
  const endpoints = await new MinosPage(page).open('Endpoints');
  const [first, second] = targets as [string, string];
  const written = (): boolean => {
    const text = readFileSync(path, 'utf8');
    return text.indexOf(second) < text.indexOf(first);
  };
  await expect(endpoints.getByRole('listitem').first()).toContainText(first);

  await endpoints.getByRole('button', { name: 'Reorder…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Order of the endpoints/ });
  await dialog.getByRole('button', { name: `Move ${first} down` }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(dialog.getByRole('status')).toHaveText(`${first} is now 2 of 4.`);
  expect(written()).toBe(false);
  await dialog.getByRole('button', { name: 'Write the order' }).click();

  await expect(dialog).toHaveCount(0);
  await expect(endpoints.getByRole('listitem').first()).toContainText(second);
  expect(written()).toBe(true);
  await undoByKey(page);
  await expect(endpoints.getByRole('listitem').first()).toContainText(first);
  await expect.poll(written).toBe(false);
});
