import { once } from 'node:events';
import { join } from 'node:path';
import { spawnSimulator, type ChildSimulator } from '../../main/simulator/process.ts';
import { expect, isStandIn, test, type RunningApp } from './support/fixture.ts';
import { ImportSheet } from './pages/import-sheet.ts';
import { MinosPage } from './pages/minos-page.ts';
import { readText, writeTalosconfig } from './support/talosconfig-files.ts';

/** What comes from outside the page: notifications, the menu, files opened with Minos. */

const DAY_MS = 86_400_000;
const NOBODY = '127.0.0.1:1';

let simulator: ChildSimulator;
test.beforeAll(async () => {
  simulator = await spawnSimulator({ args: ['--nodes', '2', '--control-planes', '1'], forSeconds: 300 });
});
test.afterAll(() => simulator.close());

const put = async (path: string, contextName: string, ttlMs?: number): Promise<string> =>
  writeTalosconfig(path, await simulator.talosconfigFor({ contextName, ...(ttlMs !== undefined && { ttlMs }) }));

const mine = (home: string): string => join(home, '.talos', 'config');

/** What the desktop was asked to show. Only the stand-in writes it down. */
const notices = ({ app }: RunningApp): Promise<readonly { title: string; body: string }[]> =>
  app.evaluate(() => globalThis.standIn.notifications.map(({ title, body }) => ({ title, body })));

test('tells on the desktop and in the tray of a certificate that ends, and opens it on a click', async ({
  launch,
  home,
}) => {
  test.skip(!isStandIn(), 'only the stand-in tells what was shown');
  const path = await put(mine(home), 'prod', 5 * DAY_MS);
  const running = await launch();
  const { page } = running;
  await expect.poll(() => notices(running)).toHaveLength(1);
  const [notice] = await notices(running);
  expect(notice?.title).toBe('The certificate of prod ends in 4 days');
  expect(notice?.body).toMatch(/^It is valid until \d+ \w+ \d{4}, \d\d:\d\d\. Minos can renew it until then\.$/);

  await running.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.minimize();
    globalThis.standIn.notifications[0]?.click();
  });
  await expect(page.getByRole('complementary', { name: 'Context prod' })).toBeVisible();
  await expect(page.getByRole('main', { name: 'Contexts' })).toBeVisible();
  expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())).toBe(
    false,
  );

  await put(path, 'prod', 3_600_000 * 5);
  await expect.poll(() => notices(running)).toHaveLength(2);
  await running.close();
  const again = await launch();
  await new MinosPage(again.page).open('Contexts');
  await put(path, 'other', -DAY_MS);
  await expect
    .poll(async () => (await notices(again)).map(({ title }) => title))
    .toEqual(['The certificate of other has expired']);

  await again.page.keyboard.press('Control+,');
  await again.page.getByRole('group', { name: 'Sign in the tray' }).getByLabel('Shown', { exact: true }).check();
  const expired = 'Certificate of other has expired';
  await expect
    .poll(() => again.app.evaluate(() => globalThis.standIn.trays[0]?.standInLabels))
    .toEqual([expect.stringMatching(/^other: /), expired, 'Open Minos', 'Quit']);
  await again.app.evaluate((_electron, label) => globalThis.standIn.trays[0]?.standInChoose(label), expired);
  await expect(again.page.getByRole('complementary', { name: 'Context other' })).toBeVisible();

  const isMinimized = (): Promise<boolean | undefined> =>
    again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized());
  await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await expect.poll(isMinimized).toBe(true);
  await again.app.evaluate(() => globalThis.standIn.trays[0]?.standInChoose('Open Minos'));
  await expect.poll(isMinimized).toBe(false);
  const ended = once(again.app.process(), 'exit');
  await again.app.evaluate(() => setTimeout(() => globalThis.standIn.trays[0]?.standInChoose('Quit')));
  expect(await ended).toEqual([0, null]);
});

test('dialogs begin beside the file in use', async ({ launch, home }) => {
  test.skip(!isStandIn(), 'only the stand-in tells what was asked');
  await put(mine(home), 'prod');
  const running = await launch();
  await expect(running.page.getByRole('contentinfo')).toContainText('1 context');

  await running.app.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById('import.choose')?.click();
  });

  await expect
    .poll(() => running.app.evaluate(() => globalThis.standIn.dialogs.map(({ defaultPath }) => defaultPath)))
    .toEqual([join(home, '.talos')]);
});

test('imports from the menu', async ({ launch, home }) => {
  await put(mine(home), 'prod');
  const incoming = await put(join(home, 'incoming.yaml'), 'lab');
  const running = await launch();
  await expect(running.page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  await running.app.evaluate(({ dialog, Menu }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    Menu.getApplicationMenu()?.getMenuItemById('import.choose')?.click();
  }, incoming);
  await expect(new ImportSheet(running.page).row('lab')).toBeVisible();
});

test('shows what is in a file that Minos is started with, and writes nothing', async ({ launch, home }) => {
  const path = await put(mine(home), 'prod');
  const before = readText(path);
  await put(join(home, 'lab.talosconfig'), 'lab');
  const { page } = await launch({ args: ['lab.talosconfig'] });
  const sheet = new ImportSheet(page);
  await expect(sheet.row('lab', 'Same cluster')).toBeVisible();
  expect(readText(path)).toBe(before);
  await expect(page.getByRole('button', { name: 'Context: prod' })).toBeAttached();
});

test('shows what is in a file that is opened while Minos runs, by a second start or by the system', async ({
  launch,
  home,
}) => {
  await put(mine(home), 'prod');
  await put(join(home, 'one.talosconfig'), 'one');
  const second = await put(join(home, 'two.yaml'), 'two');
  const running = await launch();
  const sheet = new ImportSheet(running.page);
  await expect(running.page.getByRole('navigation', { name: 'Screens' })).toBeVisible();

  await running.app.evaluate(({ app }, folder) => {
    app.emit('second-instance', {}, ['minos', '.', 'one.talosconfig', '--demo'], folder);
  }, home);
  await expect(sheet.row('one')).toBeVisible();
  await sheet.sheet.getByRole('button', { name: 'Cancel' }).click();
  await expect(sheet.sheet).toHaveCount(0);

  await running.app.evaluate(({ app }, path) => {
    app.emit('open-file', { preventDefault: () => undefined }, path);
  }, second);
  await expect(sheet.row('two')).toBeVisible();
});

test('has its tabs again after a restart, and its window where it was', async ({ launch, home }) => {
  await put(mine(home), 'prod');
  // A link that starts Minos leads there as well.
  const first = await launch({ args: ['--', 'minos://context/prod/screen/nodes'] });
  await expect(first.page.getByRole('main', { name: 'Nodes' })).toBeVisible();
  await first.page.keyboard.press('Control+t');
  await expect(first.page.getByRole('main', { name: 'Overview' })).toBeVisible();
  await new MinosPage(first.page).open('Endpoints');
  await first.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1000, height: 700 });
  });
  await first.close();

  const { app, page } = await launch();
  const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
  expect(bounds).toEqual({ x: 40, y: 30, width: 1000, height: 700 });
  const tabs = page.getByRole('navigation', { name: 'Tabs' });
  await expect(page.getByRole('main', { name: 'Endpoints' })).toBeVisible();
  await expect(tabs.getByRole('button', { name: 'prod Endpoints', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('main', { name: 'Nodes' })).toBeVisible();
  await page.keyboard.press('Control+w');
  await expect(tabs).toHaveCount(0);
  await expect(page.getByRole('main', { name: 'Endpoints' })).toBeVisible();
});

test('goes where a second start or a link leads, and nowhere else', async ({ launch, home }) => {
  const talosconfig = await simulator.talosconfigFor({ contextName: 'prod' });
  const [endpoint = ''] = /127\.[\d.]+:\d+/.exec(talosconfig) ?? [];
  // Nobody listens there: whatever is known of the cluster came over the endpoint of the command line.
  const path = writeTalosconfig(mine(home), talosconfig.replaceAll(endpoint, NOBODY));
  const before = readText(path);
  const args = ['--context', 'prod', '--nodes', 'worker-01', '--endpoints', endpoint];
  const { app, page } = await launch({ args });
  await expect(page.getByRole('main', { name: 'Nodes' })).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText('1 node selected');
  const secondStart = (words: readonly string[]): Promise<void> =>
    app.evaluate(({ app: minos }, given) => {
      // As Chromium passes them on, and as they were written.
      const torn = given.toSorted((a, b) => Number(b.startsWith('--')) - Number(a.startsWith('--')));
      minos.emit('second-instance', {}, ['minos', ...torn], '/', { words: given });
    }, words);

  await secondStart(['--context', 'prod', '--nodes', 'cp-1', '--endpoints', NOBODY]);
  await expect(page.getByRole('heading', { level: 1, name: /cp-1/ })).toBeVisible();
  await app.evaluate(({ app: minos }) => {
    minos.emit('open-url', { preventDefault: () => undefined }, 'minos://context/prod/node/worker-01');
  });
  await expect(page.getByRole('heading', { level: 1, name: /worker-01/ })).toBeVisible();
  await secondStart(['--talosconfig', '/no/such', '--', 'minos://context/prod/screen/endpoints']);
  await expect(page.getByRole('main', { name: 'Endpoints' })).toBeVisible();
  await app.evaluate(({ app: minos }) => {
    const event = { preventDefault: () => undefined };
    for (const link of ['minos://context/nowhere', 'minos://context/prod?run=reset'])
      minos.emit('open-url', event, link);
  });
  await expect(page.getByText('the context “nowhere”, which no open talosconfig has')).toBeVisible();
  await expect(page.getByText('A link to Minos could not be read. Nothing was done.')).toBeVisible();
  await expect(page.getByRole('main', { name: 'Endpoints' })).toBeVisible();

  const list = page.getByRole('list', { name: 'Endpoints', exact: true });
  await expect(list).toContainText(endpoint);
  await expect(page.getByRole('link', { name: 'Endpoints of --endpoints of this start: 1 ready' })).toBeVisible();
  await page.getByRole('button', { name: 'Use those of the file' }).click();
  await expect(list).toContainText(NOBODY);
  await expect(page.getByText('--endpoints')).toHaveCount(0);
  expect(readText(path)).toBe(before);
});
