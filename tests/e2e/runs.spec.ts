import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright/test';
import { spawnSimulator, type ChildSimulator } from '../../main/simulator/process.ts';
import type { NodeFault } from '../../main/simulator/faults/faults.ts';
import { expect, NEVER_MS, test, type RunningApp } from './support/fixture.ts';
import { MinosPage } from './pages/minos-page.ts';

type Launch = (options: { args: string[] }) => Promise<RunningApp>;

interface Opened {
  readonly simulator: ChildSimulator;
  readonly running: RunningApp;
  readonly minos: MinosPage;
}

const simulators: ChildSimulator[] = [];
test.afterEach(async () => {
  await Promise.all(simulators.splice(0).map((simulator) => simulator.close()));
});

async function openOn(launch: Launch, home: string, args: readonly string[]): Promise<Opened> {
  const simulator = await spawnSimulator({ args: [...args], forSeconds: 120 });
  simulators.push(simulator);
  const path = join(home, 'config');
  writeFileSync(path, simulator.talosconfig, { mode: 0o600 });
  const running = await launch({ args: ['--talosconfig', path] });
  const minos = new MinosPage(running.page);
  await minos.open('Nodes');
  // Without a role that may read the members nobody is known.
  if (!args.includes('--roles')) await expect(minos.nodeRows.first()).toBeVisible();
  return { simulator, running, minos };
}

/** Every way of docs/talos-behaviour.md in which one node fails while its endpoint is fine, and the words for it. */
const WAYS: readonly (readonly [node: string, fault: NodeFault, says: RegExp])[] = [
  ['worker-01', { kind: 'down' }, /worker-01.*refused the connection|refused the connection/],
  ['worker-02', { kind: 'black-hole' }, /did not answer before the deadline|could not be reached|i.o timeout/],
  ['worker-03', { kind: 'not-in-dns' }, /name|resolve|known/i],
  ['worker-04', { kind: 'maintenance' }, /maintenance|TLS|certificate/i],
  ['worker-05', { kind: 'error', code: 7, text: 'not authorized' }, /role|allowed|authorized/i],
  [
    'worker-06',
    { kind: 'error', code: 12, text: 'unknown method Version for service machine.MachineService' },
    /not on this node’s version|version/i,
  ],
  ['worker-07', { kind: 'slow', latencyMs: 20_000 }, /did not answer before the deadline/],
];

test('runs on 30 nodes of which some fail in every way, explains each and retries only those', async ({
  launch,
  home,
}) => {
  const { simulator, minos } = await openOn(launch, home, ['--nodes', '30', '--endpoints', '3']);
  for (const [node, fault] of WAYS) await simulator.setNodeFault(node, fault);
  await simulator.setNodeFault('worker-08', { kind: 'down' });

  await minos.pasteLine('talosctl version');
  await minos.startForm({ Deadline: '5 s' });

  await expect(minos.drawer).toContainText('30 nodes · 22 ok · 8 failed', { timeout: 20_000 });
  for (const [node, , says] of WAYS) {
    await expect(minos.answer(node)).toContainText('failed');
    // The most frequent causes stand above the table, once for all their nodes; the row of any other node has its own.
    await expect(minos.drawer).toContainText(says);
  }
  // Two nodes that failed alike are one card.
  await expect(minos.drawer.getByRole('group', { name: /refused the connection/ })).toContainText('2 nodes');
  await expect(minos.drawer).toContainText(/22 equal|equal · /);

  await simulator.clearFaults();
  const before = (await simulator.calls()).length;
  await minos.drawer.getByRole('button', { name: 'Retry 8 failed' }).click();

  await expect(minos.drawer).toContainText(/Run #2 Version/);
  await expect(minos.drawer).toContainText(/8 nodes · \d ok/);
  await expect
    .poll(async () => (await simulator.calls()).slice(before).filter(({ method }) => method.endsWith('Version')).length)
    .toBeGreaterThanOrEqual(8);
});

test('says what differs between nodes, and shows only that', async ({ launch, home }) => {
  const { simulator, minos } = await openOn(launch, home, ['--nodes', '6', '--endpoints', '1']);
  await simulator.command({ version: { node: 'worker-02', version: 'v1.12.4' } });

  await minos.run('Version');
  await expect(minos.drawer).toContainText('5 equal · 1 differ');
  await minos.drawer.getByRole('button', { name: 'Only what differs' }).click();

  await expect(minos.answerRows).toHaveCount(1);
  await expect(minos.answer('worker-02')).toContainText('v1.12.4');
  await minos.drawer.getByRole('button', { name: 'Group equal' }).click();
  await expect(minos.answerRows).toHaveCount(2);
});

test('chooses nodes by text, keeps the text with the run and remembers groups', async ({ launch, home }) => {
  const { simulator, running, minos } = await openOn(launch, home, ['--nodes', '6', '--endpoints', '1']);
  const { page } = running;
  const field = page.getByRole('textbox', { name: 'Choose' });

  await field.fill('workers !worker-03');
  await expect(page.getByRole('button', { name: 'Run on 2 selected nodes' })).toBeVisible();
  await minos.run('Version');
  await expect(minos.drawer).toContainText('2 nodes · 2 ok');
  await expect(minos.drawer).toContainText('workers !worker-03');

  await page.getByRole('button', { name: 'Save as group…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('first two');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText(/A name is a word/);
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('front');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await field.fill('worker-9x*');
  await expect(page.getByText('"worker-9x*" matches none of the 6 known nodes.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
  await page.getByRole('button', { name: '@front', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Run on 2 selected nodes' })).toBeVisible();

  await page.getByRole('checkbox', { name: 'Select cp-1' }).click();
  await expect(field).toHaveValue('');
  await expect(page.getByRole('button', { name: 'Run on 3 selected nodes' })).toBeVisible();
  await simulator.setNodeFault('worker-01', { kind: 'down' });
  await minos.run('Version');
  await expect(minos.nodeRows.filter({ hasText: 'worker-01' })).toContainText('not reached since', { timeout: 45_000 });
  await page.getByRole('button', { name: 'Forget the group front' }).click();
  await expect(page.getByRole('button', { name: '@front', exact: true })).toHaveCount(0);
});

test('keeps the history with its answers over a reload of the page, and runs it again', async ({ launch, home }) => {
  const { simulator, running, minos } = await openOn(launch, home, ['--nodes', '4', '--endpoints', '1']);
  const { page } = running;
  await simulator.setNodeFault('worker-01', { kind: 'down' });
  await minos.run('Version');
  await expect(minos.drawer).toContainText('4 nodes · 3 ok · 1 failed');
  await minos.run('Memory');
  await expect(minos.drawer).toContainText(/Run #2 Memory.*4 nodes · 3 ok · 1 failed/);

  await page.reload();
  await minos.open('Runs');
  const history = page.getByRole('list', { name: 'Runs of this session' });
  await expect(history.getByRole('button')).toHaveCount(2);
  await history.getByRole('button', { name: /#1 Version/ }).click();
  const answers = page.getByRole('grid', { name: 'Answers of run 1, Version' });
  await expect(answers.getByRole('row').filter({ hasText: 'cp-1' })).toContainText('v1.13.9');
  await expect(page.getByRole('main').getByRole('group', { name: /refused the connection/ })).toBeVisible();

  await simulator.clearFaults();
  await page.getByRole('main').getByRole('button', { name: 'Retry 1 failed' }).click();
  await expect(page.getByRole('main')).toContainText(/Run #3 Version.*1 node · 1 ok/);
  await expect(history.getByRole('button')).toHaveCount(3);
});

test('saves the answers as CSV where the user says', async ({ launch, home }) => {
  const { running, minos } = await openOn(launch, home, ['--nodes', '4', '--endpoints', '1']);
  const file = join(home, 'answers.csv');
  await running.app.evaluate(({ dialog }, filePath) => {
    Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
  }, file);

  await minos.run('Memory');
  await expect(minos.drawer).toContainText('4 nodes · 4 ok');
  await minos.drawer.getByRole('button', { name: 'Copy or save' }).click();
  await running.page.getByRole('menuitem', { name: 'Save as CSV…' }).click();
  await expect(running.page.getByText('Saved answers.csv.')).toBeVisible();

  const [header, ...lines] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
  expect(header).toMatch(/NODE.*TOTAL.*USED/i);
  expect(lines).toHaveLength(4);
});

test('cancels one node and lets the others go on', async ({ launch, home }) => {
  const { simulator, running, minos } = await openOn(launch, home, ['--nodes', '5', '--endpoints', '1']);
  await simulator.setNodeFault('worker-02', { kind: 'slow', latencyMs: NEVER_MS });

  await minos.pasteLine('talosctl version');
  await minos.startForm({ Deadline: '2 min' });
  await expect(minos.drawer).toContainText('4 ok · 1 to come');
  await minos.answer('worker-02').click();
  await running.page.getByRole('button', { name: 'Cancel this node' }).click();

  await expect(minos.drawer).toContainText('5 nodes · 4 ok · 1 cancelled');
  await expect(minos.answer('worker-02')).toContainText('cancelled');
});

test('draws memory as bars and processes as a tree, and repeats live only while asked to', async ({ launch, home }) => {
  const { simulator, running, minos } = await openOn(launch, home, ['--nodes', '3', '--endpoints', '1']);
  const count = async (method: string): Promise<number> =>
    (await simulator.calls()).filter((call) => call.method.endsWith(method)).length;

  await minos.run('Memory');
  await expect(minos.answer('cp-1')).toContainText(/\d\s%/);
  await minos.drawer.getByRole('button', { name: 'Live' }).click();
  await expect.poll(() => count('Memory'), { timeout: 15_000 }).toBeGreaterThanOrEqual(9);
  await expect(minos.drawer).toContainText('Run #1 Memory');
  await simulator.setEndpointFault('cp-1', { kind: 'black-hole' });
  await expect(minos.drawer).toContainText(/No new answer of\s+cp-1, cp-2 and cp-3 since \d\d:\d\d:\d\d/);
  await expect(minos.drawer).toContainText('No endpoint answers', { timeout: 30_000 });
  await simulator.clearFaults();
  await expect(minos.answer('cp-1')).toContainText(/\d\s%/, { timeout: 60_000 });
  await minos.drawer.getByRole('button', { name: 'Live' }).click();

  await minos.run('Processes');
  await minos.drawer.getByRole('button', { name: 'Tree' }).click();
  await expect(minos.drawer.locator('.branch').first()).toBeVisible();
  await minos.drawer.getByRole('button', { name: 'RESMEM' }).click();
  await expect(minos.drawer.locator('.branch')).toHaveCount(0);
  await expect(minos.drawer.getByRole('button', { name: 'Tree' })).toHaveAttribute('aria-pressed', 'false');
  expect(running.consoleErrors).toEqual([]);
});

test('disables what the certificate’s role may not run, and says which role is needed', async ({ launch, home }) => {
  const { page } = (await openOn(launch, home, ['--nodes', '3', '--endpoints', '1', '--roles', 'os:meta:writer']))
    .running;

  await page.keyboard.press('Control+k');
  const options = page.getByRole('option', { name: /^Run / });
  await expect(options.first()).toBeVisible();
  const texts = await options.allTextContents();

  expect(texts.length).toBeGreaterThan(6);
  for (const text of texts) expect(text).toMatch(/Needs the role os:\S+.*this certificate has os:meta:writer/);
});

async function answersOf(drawer: Locator): Promise<string> {
  return (await drawer.getByRole('grid', { name: /^Answers of run/ }).textContent()) ?? '';
}

for (const [kind, shows] of [
  ['html', /<img src=x onerror=/],
  ['control-codes', /\\u001b\[31;1mred.*\\u202e/],
  ['long-strings', /… \([\d,]+ characters\)/],
  ['invalid-utf8', /�/],
  ['huge-numbers', /cp-1/],
  ['negative-numbers', /cp-1/],
  ['unknown-enums', /cp-1/],
  ['missing-fields', /cp-1/],
] as const) {
  test(`shows answers of a node that means harm safely: ${kind}`, async ({ launch, home }) => {
    const { simulator, running, minos } = await openOn(launch, home, ['--nodes', '3', '--endpoints', '1']);
    const title = await running.page.title();
    await simulator.setNodeFault('cp-1', { kind: 'hostile', with: kind });

    for (const command of ['Services', 'Containers', 'Version', 'Processes']) {
      await minos.run(command);
      await expect(minos.drawer).toContainText(/3 nodes · \d ok.* · [\d.]+ m?s/);
    }
    await minos.run('Containers');
    await expect(minos.drawer).toContainText(/3 nodes · \d ok.* · [\d.]+ m?s/);

    expect(await answersOf(minos.drawer)).toMatch(shows);
    expect(await running.page.title()).toBe(title);
    await expect(minos.drawer.locator('img, script')).toHaveCount(0);
    await minos.answer('cp-1').first().click();
    await expect(running.page.getByRole('complementary', { name: /cp-1|^Answer/ })).toBeVisible();
    expect(await running.page.title()).toBe(title);
  });
}

test('keeps the window usable with as many processes as a message can hold', async ({ launch, home }) => {
  const { simulator, running, minos } = await openOn(launch, home, ['--nodes', '3', '--endpoints', '1']);
  await simulator.setNodeFault('cp-1', { kind: 'hostile', with: 'too-many-items' });

  await minos.run('Processes');
  await expect(minos.drawer).toContainText('3 nodes · 3 ok', { timeout: 60_000 });
  const longestMs = await running.page.evaluate(async () => {
    let longest = 0;
    let last = performance.now();
    for (let frame = 0; frame < 60; frame += 1) {
      await new Promise(requestAnimationFrame);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    return longest;
  });

  // On a machine that does other things as well; alone it is a tenth of a second.
  expect(longestMs).toBeLessThan(1_000);
  await minos.open('Endpoints');
});
