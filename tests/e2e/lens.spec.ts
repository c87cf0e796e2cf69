import { readFileSync } from 'node:fs';
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
  await picker.getByLabel('Lines of before').selectOption(before);
  await picker.getByRole('button', { name: /^Follow \d+ sources?$/ }).click();
}

const number = (text: string | null | undefined): number => Number((text ?? '').replaceAll(',', ''));

/** Lines that are held, as the line at the bottom says. */
async function heldLines(page: Page): Promise<number> {
  const [, count] = /([\d,]+) lines?/.exec((await page.locator('.status').first().textContent()) ?? '') ?? [];
  return number(count);
}

/** Where the app saves next, without its dialog. */
async function saveTo(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath: path }) });
  }, filePath);
}

/** The numbers of the lines of each source, in the order in which they stand in a saved file; a mark is `undefined`. */
function bySource(text: string): ReadonlyMap<string, readonly (number | undefined)[]> {
  const found = new Map<string, (number | undefined)[]>();
  for (const each of text.trimEnd().split('\n')) {
    const { source, line } = JSON.parse(each) as { readonly source: string; readonly line?: string };
    const list = found.get(source) ?? [];
    list.push(line === undefined ? undefined : number(/n=(\d+)$/.exec(line)?.[1]));
    found.set(source, list);
  }
  return found;
}

test('three services of five nodes are followed while an endpoint dies and a node reboots, and no line is lost unsaid', async ({
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
  const minos = new MinosPage(page);
  await minos.open('Logs');
  await follow(page, COUNTED);
  await expect(lines(page).getByRole('option').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Sources: 15 sources, 0 ones not reached/ })).toBeVisible();

  await simulator.setEndpointFault('cp-1', { kind: 'refuse' });
  await simulator.setNodeFault('worker-01', { kind: 'down' });
  await expect(page.getByRole('list', { name: 'Sources that are not heard of' })).toContainText('worker-01');
  await simulator.setNodeFault('worker-01', null);
  await expect(page.getByRole('list', { name: 'Sources that are not heard of' })).toHaveCount(0, { timeout: 60_000 });
  const before = await heldLines(page);
  await expect.poll(() => heldLines(page)).toBeGreaterThan(before + 100);

  await page.getByRole('textbox', { name: 'Search' }).fill('cache refreshed');
  await expect(page.locator('.said').first()).toContainText(/^[1-9][\d,]* hits/);
  await page.getByRole('textbox', { name: 'Search' }).press('Enter');
  await expect(page.locator('.said').first()).toContainText(/^[\d,]+ of [\d,]+ hits/);
  await expect(lines(page).locator('[aria-selected=true] mark')).toHaveText('cache refreshed');
  await page.getByRole('textbox', { name: 'Search' }).fill('');

  const path = join(home, 'lines.ndjson');
  await saveTo(app, path);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Save what is shown as NDJSON…' }).click();
  await expect(page.getByText('Saved lines.ndjson.')).toBeVisible({ timeout: 30_000 });
  const saved = bySource(readFileSync(path, 'utf8'));

  expect([...saved.keys()]).toHaveLength(NODES * COUNTED.length);
  for (const [source, list] of saved) {
    for (const [index, n] of list.entries()) {
      const previous = list[index - 1];
      if (n === undefined || previous === undefined) continue;
      expect(n, `${source} has a hole before ${n} that no mark says`).toBe(previous + 1);
    }
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
