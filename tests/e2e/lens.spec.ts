import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from 'playwright/test';
import { MinosPage } from './pages/minos-page.ts';
import { wrong } from './support/axe.ts';
import { expect, test } from './support/fixture.ts';

const NODES = 5;
/** Services whose every line ends in `n=` and its number. */
const COUNTED = ['auditd', 'dashboard', 'syslogd'];
const INTERVAL_MS = 100;

const lines = (page: Page): Locator => page.getByRole('listbox', { name: 'Lines' });

/** Chooses sources on all nodes and follows them. */
async function follow(page: Page, names: readonly string[], before = 'all there are'): Promise<void> {
  await page.getByRole('button', { name: /^(Choose what to follow|New lens)…$/ }).click();
  const picker = page.getByRole('dialog', { name: 'Follow logs and events' });
  for (const name of names) await picker.getByRole('checkbox', { name, exact: true }).check();
  await picker.getByLabel('Earlier lines').selectOption(before);
  await picker.getByRole('button', { name: /^Follow \d+ sources?$/ }).click();
}

const number = (text: string | null | undefined): number => Number((text ?? '').replaceAll(',', ''));

/** Lines that are held, as the line at the bottom says. */
async function heldLines(page: Page): Promise<number> {
  const [, count] = /([\d,]+) lines?/.exec((await page.locator('.status').first().textContent()) ?? '') ?? [];
  return number(count);
}

/** Lines that were dropped, as it says, too. */
async function droppedLines(page: Page): Promise<number> {
  const [, count] = /▲ ([\d,]+) dropped/.exec((await page.locator('.status').first().textContent()) ?? '') ?? [];
  return number(count);
}

/** The number that stands at the end of a line. */
function numberIn(line: string | undefined): number | undefined {
  const [, n] = /n=(\d+)$/.exec(line ?? '') ?? [];
  return n === undefined ? undefined : Number(n);
}

/** Where the app saves next, without its dialog. */
async function saveTo(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath: path }) });
  }, filePath);
}

interface SavedLine {
  readonly node: string;
  readonly source: string;
  readonly line?: string;
  readonly mark?: string;
}

/** Saves what is shown as NDJSON and reads it. */
async function save(app: ElectronApplication, page: Page, path: string): Promise<readonly SavedLine[]> {
  await saveTo(app, path);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Save what is shown as NDJSON…' }).click();
  await expect.poll(() => existsSync(path), { timeout: 30_000 }).toBe(true);
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as SavedLine);
}

test('three services of five nodes are followed while an endpoint dies and a node reboots, and every line is accounted for', async ({
  launch,
  simulate,
  home,
}) => {
  const { simulator, talosconfig } = await simulate([
    '--nodes',
    String(NODES),
    '--log-interval-ms',
    String(INTERVAL_MS),
  ]);
  const { page, app } = await launch({ args: ['--talosconfig', talosconfig] });
  const silent = page.getByRole('list', { name: 'Sources that are not heard of' });
  const status = page.locator('.status').first();
  const search = page.getByRole('textbox', { name: 'Search' });
  await new MinosPage(page).open('Logs');
  await follow(page, COUNTED);
  await expect(lines(page).getByRole('option').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Sources: 15 sources, all reached/ })).toBeVisible();

  // One that logs come through.
  const carrying = (await simulator.calls()).findLast(({ method }) => method.endsWith('/Logs'));
  await simulator.setEndpointFault(carrying?.endpoint ?? '', { kind: 'refuse' });
  await simulator.command({ reboot: { node: 'worker-01', bootMs: 10_000 } });
  await expect(silent).toContainText('worker-01', { timeout: 30_000 });
  await search.fill('cache refreshed');
  await expect(page.locator('.said').first()).toContainText(/^[1-9][\d,]* hits/);
  await search.press('Enter');
  await expect(page.locator('.said').first()).toContainText(/^[\d,]+ of [\d,]+ hits/);
  await expect(lines(page).locator('[aria-selected=true] mark')).toHaveText('cache refreshed');
  await expect(silent).toHaveCount(0, { timeout: 60_000 });
  const before = await heldLines(page);
  await expect.poll(() => heldLines(page)).toBeGreaterThan(before + 100);

  await simulator.command({ quiet: true });
  const nodes = simulator.clusters.flatMap((cluster) => cluster.nodes);
  const logs = nodes.flatMap(({ name, address }) =>
    COUNTED.map((log) => ({ node: name, log, source: `${address} ${log}` })),
  );
  const sentOf = async ({ node, log }: (typeof logs)[number]): Promise<number> =>
    Number(await simulator.command({ sentLines: { node, log } }));
  const sent = async (): Promise<number> =>
    (await Promise.all(logs.map(sentOf))).reduce((sum, count) => sum + count, 0);
  await expect.poll(async () => (await sent()) - (await heldLines(page)) - (await droppedLines(page))).toBe(0);
  expect(await droppedLines(page)).toBe(0);

  await page.getByRole('combobox', { name: 'Show' }).selectOption('only hits');
  await expect(status).toContainText(' shown of ');
  const hits = await save(app, page, join(home, 'hits.ndjson'));
  await search.fill('');
  await expect(status).not.toContainText(' shown of ');
  const all = await save(app, page, join(home, 'all.ndjson'));
  expect(hits.filter(({ line }) => line !== undefined)).toEqual(
    all.filter(({ line }) => line?.includes('cache refreshed')),
  );
  expect(all.some(({ mark }) => mark?.endsWith('nothing is missing.'))).toBe(true);
  for (const each of logs) {
    const list = all.filter(({ source }) => source === each.source);
    expect(list.filter(({ line }) => line !== undefined).length, `lines of ${each.source}`).toBe(await sentOf(each));
    const isAnew = list.some(({ mark }) => mark?.includes('of a new start'));
    expect(isAnew, `${each.source} began anew`).toBe(each.node === 'worker-01');
    const holes = list.flatMap(({ line }, index) => {
      const [n, previous] = [numberIn(line), numberIn(list[index - 1]?.line)];
      return n === undefined || previous === undefined || n === previous + 1 ? [] : [`${previous} to ${n}`];
    });
    expect(holes, `holes of ${each.source} that no mark says`).toEqual([]);
  }
});

test('hostile lines are drawn as what they are and do nothing', async ({ launch, simulate }) => {
  const { simulator, talosconfig } = await simulate([
    '--nodes',
    '1',
    '--control-planes',
    '1',
    '--log-interval-ms',
    '500',
  ]);
  await simulator.setNodeFault('cp-1', {
    kind: 'log-lines',
    lines: [
      '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>',
      '\u001b]0;owned\u0007title \u001b]52;c;b3duZWQ=\u0007 \u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007',
      '\u001b[31;1mred\u001b[0m plain \u202egnp.exe\u2066',
      `{"level":"error","msg":"<b>bold</b>","__proto__":{"polluted":true},"took":"2s"}`,
      `${'long '.repeat(100)}far-away`,
    ],
  });
  const { page } = await launch({ args: ['--talosconfig', talosconfig] });
  await new MinosPage(page).open('Logs');
  await follow(page, ['auditd'], 'the last 100 lines');

  const list = lines(page);
  await expect(list).toContainText('<script>document.title="owned"</script>');
  await expect(list).toContainText('\\u202egnp.exe');
  await expect(list.locator('img, script, b, a')).toHaveCount(0);
  await expect(list.locator('span.red').first()).toHaveText('red');
  expect(await list.textContent()).not.toContain('\u001b');
  expect(await page.title()).not.toContain('owned');

  // What stands beyond the side is brought into sight.
  await page.getByRole('textbox', { name: 'Search' }).fill('far-away');
  await page.getByRole('textbox', { name: 'Search' }).press('Enter');
  await expect(list.locator('[aria-selected=true] mark')).toBeInViewport();

  // What is held and missing is told in a small window, too.
  await page.setViewportSize({ width: 600, height: 400 });
  await expect(page.locator('.status').first()).toBeInViewport({ ratio: 1 });
});

test('a lens is filtered, kept as a set, and opened from a node and from a pasted line, by keyboard', async ({
  launch,
  simulate,
}) => {
  const { talosconfig } = await simulate(['--nodes', '2', '--control-planes', '1', '--log-interval-ms', '300']);
  const { page } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  await minos.open('Logs');
  await page.getByRole('button', { name: 'Choose what to follow…' }).click();
  const picker = page.getByRole('dialog', { name: 'Follow logs and events' });
  await picker.getByRole('checkbox', { name: 'etcd' }).check();
  await picker.getByRole('checkbox', { name: 'Events' }).check();
  await picker.getByLabel('Name of the set').fill('my set');
  await picker.getByRole('button', { name: 'Save the set' }).click();
  expect.soft(await wrong(page), 'picker').toEqual([]);
  await picker.getByRole('button', { name: /^Follow 3 sources$/ }).click();
  await expect(page.getByRole('tab', { name: 'my set' })).toBeVisible();
  await expect(lines(page)).toContainText('finished scheduled compaction');
  expect.soft(await wrong(page), 'lines').toEqual([]);

  await page.getByRole('combobox', { name: /^Level/ }).selectOption('≥ warning');
  await expect(page.getByText(/ shown of /)).toBeVisible();
  await page.getByRole('button', { name: 'Show all lines' }).click();
  await lines(page).focus();
  await page.keyboard.press('Home');
  // Its line is chosen once its rows have come from the worker.
  await expect(lines(page).getByRole('option', { selected: true })).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(lines(page).getByRole('option', { selected: true })).toHaveCount(1);
  await page.keyboard.press('m');
  await expect(page.getByRole('button', { name: '1 bookmark' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: /^Line / })).toBeVisible();
  expect.soft(await wrong(page), 'inspector of a line').toEqual([]);
  await page.getByRole('button', { name: 'Timeline' }).click();
  await expect(page.getByRole('tree').first().getByRole('treeitem', { name: /boot/ })).toBeVisible();
  expect.soft(await wrong(page), 'timeline').toEqual([]);

  await minos.pick('Paste a talosctl');
  const paste = page.getByRole('dialog', { name: 'Paste a talosctl command line' });
  await paste.getByRole('textbox').fill('talosctl -n cp-1 logs -f kubelet --tail 5');
  await expect(paste.getByRole('button', { name: 'Open in the log lens' })).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'cp-1 kubelet' })).toHaveAttribute('aria-selected', 'true');
  await expect(lines(page).getByRole('option').first()).toBeVisible();
});
