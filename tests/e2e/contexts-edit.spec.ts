import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type RunningApp } from './support/fixture.ts';
import { confirmNext } from './support/confirm-next.ts';
import { confirmChange, undoByKey } from './pages/change-question.ts';
import { ContextsScreen } from './pages/contexts-screen.ts';
import { lostLines, modeOf, readPlain, readText, writeTalosconfig } from './support/talosconfig-files.ts';

/** Kept by hand: comments, an order of its own, Windows line ends, a field nobody knows. */
const MINE = [
  '# mine',
  'context: one # used daily',
  'contexts:',
  '  two: {endpoints: [127.0.0.9], note: "keep me"}',
  '  one: # first cluster',
  '    endpoints:',
  '      - 127.0.0.8 # cp-1',
  '    nodes: [127.0.0.8]',
  "    cluster: 'a'",
  '',
].join('\r\n');

const put = (home: string, text = MINE): string => writeTalosconfig(join(home, '.talos', 'config'), text);

async function chooseInDialogs(running: RunningApp, path: string): Promise<void> {
  await running.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, path);
}

test('edits endpoints after showing what will be dialled, and only those lines change', async ({ launch, home }) => {
  const path = put(home);
  const { app, page } = await launch();
  const contexts = await ContextsScreen.open(page);
  const inspector = await contexts.inspect('one');

  await inspector.getByRole('button', { name: 'Edit endpoints' }).click();
  const dialog = contexts.dialog('Endpoints of one');
  await dialog.getByRole('textbox').fill('127.0.0.8\nhttps://lb.example\n2001:db8::1');
  const dialled = dialog.getByRole('table', { name: 'What will be dialled' });
  await expect(dialled).toContainText('lb.example:443');
  await expect(dialled).toContainText('[2001:db8::1]:50000');
  await confirmNext(app, 'Allow 2 addresses', () =>
    dialog.getByRole('button', { name: 'Write the endpoints' }).click(),
  );

  await expect(inspector).toContainText('https://lb.example');
  await expect(dialog).toHaveCount(0);
  expect(lostLines(MINE, readText(path)).filter((line) => !line.includes('127.0.0.8'))).toEqual([]);
  expect(readText(path)).toContain('  one: # first cluster\r\n');
  expect(readPlain(path).contexts['one']).toEqual({
    endpoints: ['127.0.0.8', 'https://lb.example', '2001:db8::1'],
    nodes: ['127.0.0.8'],
    cluster: 'a',
  });
  await undoByKey(page);
  await expect(contexts.notice('Undid: Changed the endpoints of one')).toBeVisible();
  expect(readText(path)).toBe(MINE);
});

test('edits nodes, cluster and proxy, renames and removes; undo takes them back one by one', async ({
  launch,
  home,
}) => {
  const path = put(home);
  const { app, page } = await launch();
  const contexts = await ContextsScreen.open(page);
  const versions = [readText(path)];
  const inspector = await contexts.inspect('two');
  const edit = async (button: string, text: string, deed: string, confirms?: string): Promise<void> => {
    await inspector.getByRole('button', { name: button }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(text);
    const write = (): Promise<void> => page.getByRole('dialog').getByRole('button', { name: deed }).click();
    await (confirms === undefined ? write() : confirmNext(app, confirms, write));
    await expect(page.getByRole('dialog')).toHaveCount(0);
    versions.push(readText(path));
  };

  await edit('Edit nodes', '10.0.0.1\n10.0.0.2', 'Write the nodes');
  await edit('Edit cluster', 'edge', 'Write the cluster');
  await edit('Edit proxy', 'socks5://127.0.0.1:1080', 'Write the proxy', 'Allow this address');
  expect(readPlain(path).contexts['two']).toEqual({
    endpoints: ['127.0.0.9'],
    note: 'keep me',
    nodes: ['10.0.0.1', '10.0.0.2'],
    cluster: 'edge',
    'proxy-url': 'socks5://127.0.0.1:1080',
  });
  await inspector.getByRole('button', { name: 'Rename…' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('010');
  await page.keyboard.press('Enter');
  const renamed = page.getByRole('complementary', { name: 'Context 010' });
  await expect(renamed).toBeVisible();
  versions.push(readText(path));
  await renamed.getByRole('button', { name: 'Remove…' }).click();
  await expect(page.getByRole('dialog')).toContainText(path);
  await page.getByRole('dialog').getByRole('button', { name: 'Remove 010' }).click();
  await expect(contexts.names).toHaveCount(1);
  expect(Object.keys(readPlain(path).contexts)).toEqual(['one']);
  expect(readText(path)).toContain('# first cluster');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  for (const version of versions.toReversed()) {
    await undoByKey(page);
    await expect.poll(() => readText(path)).toBe(version);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await confirmChange(page, 'Redo');
  await expect.poll(() => readText(path)).toBe(versions[1]);
});

test("switches the window without writing, and the file's current context only when asked", async ({
  launch,
  home,
}) => {
  const path = put(home);
  const { page } = await launch();
  const contexts = await ContextsScreen.open(page);
  const inspector = await contexts.inspect('two');

  await inspector.getByRole('button', { name: 'Work on this context' }).click();
  await expect(page.getByRole('button', { name: 'Context: two' })).toBeVisible();
  expect(readText(path)).toBe(MINE);
  await inspector.getByRole('button', { name: "Make it the file's current context" }).click();

  await expect(inspector).toContainText("It is the file's current context.");
  expect(readText(path)).toBe(MINE.replace('context: one #', 'context: two #'));
});

test('shows what another program writes within a second', async ({ launch, home }) => {
  const path = put(home);
  const { page } = await launch();
  const contexts = await ContextsScreen.open(page);
  await expect(contexts.names).toHaveCount(2);

  // The best of several: a machine that is busy for a moment is not what this is about.
  const tookMs: number[] = [];
  let text = MINE;
  for (const name of ['three', 'four', 'five', 'six']) {
    text += `  ${name}:\r\n    endpoints: [127.0.0.7]\r\n`;
    const wroteAtMs = Date.now();
    writeFileSync(path, text);
    await expect(contexts.names.filter({ hasText: name })).toBeVisible();
    tookMs.push(Date.now() - wroteAtMs);
  }

  expect(Math.min(...tookMs)).toBeLessThan(1000);
});

test('works with two files of the same context names', async ({ launch, home }) => {
  put(home);
  const other = writeTalosconfig(
    join(home, 'team', 'talosconfig'),
    'contexts:\n    one:\n        endpoints: [127.0.0.7]\n',
  );
  const running = await launch();
  const contexts = await ContextsScreen.open(running.page);
  await chooseInDialogs(running, other);

  await contexts.add('Open another talosconfig beside it…');
  await expect(contexts.files).toHaveCount(2);
  await expect(contexts.names).toHaveCount(3);
  await contexts.row('one').filter({ hasText: 'team/talosconfig' }).getByRole('rowheader').click();
  await running.page.getByRole('button', { name: 'Rename…' }).click();
  await running.page.getByRole('dialog').getByRole('textbox').fill('theirs');
  await running.page.keyboard.press('Enter');

  await expect(contexts.names.filter({ hasText: 'theirs' })).toBeVisible();
  expect(readText(other)).toBe('contexts:\n    theirs:\n        endpoints: [127.0.0.7]\n');
  expect(readText(join(home, '.talos', 'config'))).toBe(MINE);

  await running.close();
  const again = await ContextsScreen.open((await launch()).page);
  await expect(again.files).toHaveCount(2);
  await again.files
    .filter({ hasText: other })
    .getByRole('button', { name: `Close ${other}` })
    .click();
  await expect(again.files).toHaveCount(1);
  expect(existsSync(other)).toBe(true);
});

test('makes a file private that others can read', async ({ launch, home }) => {
  const path = put(home);
  chmodSync(path, 0o644);
  const { page } = await launch();
  const contexts = await ContextsScreen.open(page);
  await expect(contexts.files).toContainText('mode 0644');

  await contexts.files.getByRole('button', { name: 'Make private' }).click();

  await expect(contexts.files).not.toContainText('mode');
  expect(modeOf(path)).toBe('600');
  expect(readText(path)).toBe(MINE);
});

test('forgets old versions when told to', async ({ launch, home }) => {
  put(home);
  const { app, page } = await launch();
  const contexts = await ContextsScreen.open(page);
  const inspector = await contexts.inspect('two');
  await inspector.getByRole('button', { name: "Make it the file's current context" }).click();
  await contexts.files.getByRole('button', { name: 'History' }).click();
  const history = contexts.dialog('Changes by Minos');
  await expect(history.getByRole('listitem')).toHaveCount(1);

  await confirmNext(
    app,
    'Forget 1 old version',
    () => history.getByRole('button', { name: 'Forget old versions now…' }).click(),
    'config',
  );

  await expect(history).toContainText('Minos has not changed this file');
});
