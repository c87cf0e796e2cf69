import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { spawnSimulator, type ChildSimulator } from '../../main/simulator/process.ts';
import { holdFiles } from './support/drop-files.ts';
import { dropFiles, expect, test, type LaunchOptions, type RunningApp } from './support/fixture.ts';
import { confirmChange, undoByKey } from './pages/change-question.ts';
import { ContextsScreen } from './pages/contexts-screen.ts';
import { ImportSheet } from './pages/import-sheet.ts';
import {
  contextLines,
  lostLines,
  modeOf,
  parsePlain,
  readPlain,
  readText,
  writeTalosconfig,
} from './support/talosconfig-files.ts';

const DAY_MS = 86_400_000;

/** Two clusters: `demo` and `lab`. Only their certificates matter here. */
let simulator: ChildSimulator;
test.beforeAll(async () => {
  simulator = await spawnSimulator({ args: ['--demo'], forSeconds: 600 });
});
test.afterAll(() => simulator.close());

interface Wish {
  readonly contextName: string;
  readonly roles?: string[];
  readonly ttlMs?: number;
}

const ofDemo = (wish: Wish): Promise<string> => simulator.talosconfigFor(wish);
const ofLab = async (wish: Wish): Promise<string> =>
  (await simulator.command({ cluster: 'lab', talosconfig: wish })) as string;

/** A file as people keep them: comments, an order of their own, a field that talosctl does not know. */
async function mine(home: string): Promise<{ readonly path: string; readonly text: string }> {
  const prod = contextLines(await ofDemo({ contextName: 'prod', ttlMs: 20 * DAY_MS }));
  const spare = contextLines(await ofLab({ contextName: 'spare' }));
  const text = `# my clusters, do not reorder\ncontext: prod # the important one\nowner: me\ncontexts:\n${spare}    # below: production\n${prod}`;
  return { path: writeTalosconfig(join(home, '.talos', 'config'), text), text };
}

function fileOf(home: string, name: string, content: string | Buffer): string {
  const folder = join(home, 'Downloads');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function start(
  launch: (options?: LaunchOptions) => Promise<RunningApp>,
): Promise<{ readonly running: RunningApp; readonly contexts: ContextsScreen; readonly sheet: ImportSheet }> {
  const running = await launch();
  const contexts = await ContextsScreen.open(running.page);
  return { running, contexts, sheet: new ImportSheet(running.page) };
}

test('imports a dropped file, keeps every other byte, and undo restores them all', async ({ launch, home }) => {
  const { path, text } = await mine(home);
  const edge = await ofLab({ contextName: 'edge', ttlMs: 90 * DAY_MS, roles: ['os:operator'] });
  const dropped = fileOf(home, 'edge.yaml', edge);
  const { running, contexts, sheet } = await start(launch);
  const { page } = running;

  await holdFiles(page, 'main', [dropped]);
  const outline = page.getByRole('status', { name: 'Drop files' });
  await expect(outline).toContainText(`Minos compares the contexts with ${path}`);
  const box = await outline.boundingBox();
  expect(box).toMatchObject({
    x: 0,
    y: 0,
    ...(await page.evaluate(() => ({ width: innerWidth, height: innerHeight }))),
  });
  await dropFiles(page, 'main', [dropped]);

  await expect(sheet.row('edge', 'Other role')).toContainText('is added as “edge”');
  await expect(outline).toHaveCount(0);
  await expect(sheet.sheet).toContainText('The current context stays “prod”.');
  expect(readText(path)).toBe(text);

  await page.keyboard.press('Enter');
  await expect(contexts.names).toHaveCount(3);
  expect(lostLines(text, readText(path))).toEqual([]);
  expect(readPlain(path).contexts['edge']).toEqual(parsePlain(edge).contexts['edge']);
  expect(readPlain(path).context).toBe('prod');
  expect(modeOf(path)).toBe('600');
  await expect(contexts.notice('Imported edge (1 added)')).toBeVisible();
  await expect(sheet.sheet).toHaveCount(0);

  await undoByKey(page);
  await expect(contexts.names).toHaveCount(2);
  expect(readText(path)).toBe(text);
  expect(readText(dropped)).toBe(edge);
});

test('sees each class, and does each choice', async ({ launch, home }) => {
  const { path, text } = await mine(home);
  const before = readPlain(path);
  const renewed = await ofDemo({ contextName: 'prod', ttlMs: 300 * DAY_MS });
  const reader = await ofDemo({ contextName: 'prod-reader', roles: ['os:reader'] });
  const lines = text.split('\n');
  const identical = `contexts:\n${lines.slice(lines.indexOf('contexts:') + 1, lines.indexOf('    # below: production')).join('\n')}\n`;
  const files = [
    fileOf(home, 'renewed.yaml', renewed),
    fileOf(home, 'reader.yaml', reader),
    fileOf(home, 'identical.yaml', identical),
    fileOf(home, 'broken.yaml', 'contexts:\n  half:\n    endpoints: [10.0.0.1]\n    crt: "!"\n'),
    fileOf(home, 'new.yaml', 'contexts:\n  "010":\n    endpoints: [10.0.0.9]\n    ca: ""\n'),
    fileOf(home, 'notes.txt', 'these are notes'),
  ];
  const { running, contexts, sheet } = await start(launch);

  await dropFiles(running.page, 'main', files);

  await expect(sheet.row('prod', 'Renewed')).toContainText('Only certificate and key are replaced');
  await expect(sheet.row('prod-reader', 'Other role')).toContainText('is added as “prod-reader”');
  await expect(sheet.row('spare', 'Identical')).toContainText('is left out');
  await expect(sheet.row('half', 'Broken')).toContainText('is left out');
  await expect(sheet.row('010', 'New')).toContainText('is added as “010”');
  await expect(sheet.sheet.getByRole('group', { name: /notes\.txt/ })).toBeVisible();
  await sheet.choose('prod', 'Renew');
  await sheet.rename('prod-reader', 'guests');
  await sheet.choose('spare', 'Keep both');
  await expect(sheet.row('spare')).toContainText('is added as “spare-1”');
  await expect(sheet.row('prod-reader')).toContainText('is added as “guests”');
  await sheet.apply.click();

  await expect(contexts.names).toHaveCount(5);
  const after = readPlain(path);
  expect(Object.keys(after.contexts).sort()).toEqual(['010', 'guests', 'prod', 'spare', 'spare-1']);
  expect(after.contexts['spare']).toEqual(before.contexts['spare']);
  expect(after.contexts['spare-1']).toEqual(before.contexts['spare']);
  expect(after.contexts['guests']).toEqual(parsePlain(reader).contexts['prod-reader']);
  const { crt, key } = parsePlain(renewed).contexts['prod']!;
  expect(after.contexts['prod']).toEqual({ ...before.contexts['prod'], crt, key });
  expect(readText(path)).toContain('# below: production');
});

test('keeps a context of another cluster with the same name, unless it is overwritten', async ({ launch, home }) => {
  const text = await ofDemo({ contextName: 'prod' });
  const path = writeTalosconfig(join(home, '.talos', 'config'), text);
  const taken = await ofLab({ contextName: 'prod', roles: ['os:operator'] });
  const { running, contexts, sheet } = await start(launch);

  await dropFiles(running.page, 'main', [fileOf(home, 'taken.yaml', taken)]);
  await expect(sheet.row('prod', 'Name taken')).toContainText('is added as “prod-1”');
  await expect(sheet.row('prod').getByRole('table')).toContainText('os:operator');
  await sheet.choose('prod', 'Overwrite');
  await expect(sheet.row('prod')).toContainText('replaces “prod” whole');
  await sheet.apply.click();

  await expect(contexts.row('prod')).toContainText('os:operator');
  expect(readPlain(path).contexts['prod']).toEqual(parsePlain(taken).contexts['prod']);
  await expect(sheet.sheet).toHaveCount(0);
  await undoByKey(running.page);
  await expect(contexts.row('prod')).toContainText('os:admin');
  expect(readText(path)).toBe(text);
});

test('reads only the talosconfig of a dropped folder', async ({ launch, home }) => {
  await mine(home);
  const folder = join(home, 'cluster');
  mkdirSync(folder);
  writeFileSync(join(folder, 'talosconfig'), await ofLab({ contextName: 'edge', roles: ['os:reader'] }));
  writeFileSync(
    join(folder, 'controlplane.yaml'),
    'machine:\n  type: controlplane\n  token: abcdef.0123456789abcdef\n',
  );
  const { running, sheet } = await start(launch);

  await dropFiles(running.page, 'main', [folder]);

  await expect(sheet.rows).toHaveCount(1);
  await expect(sheet.row('edge')).toBeVisible();
  await expect(sheet.sheet).not.toContainText('controlplane');
});

for (const [what, wrap] of [
  ['as it is', (text: string) => text],
  ['base64', (text: string) => Buffer.from(text).toString('base64')],
  [
    'Markdown with an empty field',
    (text: string) => `Here it is:\n\n\`\`\`yaml\n${text.replace(/( +)edge:\n/, '$&$1$1cluster:\n')}\`\`\`\n`,
  ],
  ['gzip in base64', (text: string) => gzipSync(text).toString('base64')],
  [
    'a Secret',
    (text: string) => `apiVersion: v1\nkind: Secret\ndata:\n  talosconfig: ${Buffer.from(text).toString('base64')}\n`,
  ],
] as const) {
  test(`imports what was pasted: ${what}`, async ({ launch, home }) => {
    const { path } = await mine(home);
    const edge = await ofLab({ contextName: 'edge', roles: ['os:reader'] });
    const { running, contexts, sheet } = await start(launch);
    await running.app.evaluate(async ({ clipboard }, text) => {
      await clipboard.writeText(text);
    }, wrap(edge));

    await running.page.keyboard.press('ControlOrMeta+v');
    await expect(sheet.row('edge')).toContainText('from the clipboard');
    await expect(sheet.apply).toBeEnabled();
    await running.page.keyboard.press('Enter');

    await expect(contexts.names).toHaveCount(3);
    expect(readPlain(path).contexts['edge']).toEqual(parsePlain(edge).contexts['edge']);
  });
}

test('says so when the clipboard holds something else, and opens nothing', async ({ launch, home }) => {
  await mine(home);
  const { running, contexts, sheet } = await start(launch);
  await running.app.evaluate(async ({ clipboard }) => {
    await clipboard.writeText('just a sentence');
  });

  await running.page.keyboard.press('ControlOrMeta+v');

  await expect(contexts.notice(/What you pasted is not a talosconfig: it is plain text/)).toBeVisible();
  await expect(sheet.sheet).toHaveCount(0);
});

test('chooses files in the dialog, and switches the current context only when asked', async ({ launch, home }) => {
  const { path } = await mine(home);
  const chosen = fileOf(home, 'edge.yaml', await ofLab({ contextName: 'edge', roles: ['os:reader'] }));
  const { running, contexts, sheet } = await start(launch);
  await running.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, chosen);

  await contexts.add(/Import from files/);
  await expect(sheet.switchCurrent).not.toBeChecked();
  await sheet.switchCurrent.check();
  await expect(sheet.sheet).toContainText("The file's current context becomes “edge”.");
  await sheet.apply.click();

  await expect(contexts.names).toHaveCount(3);
  expect(readPlain(path).context).toBe('edge');
  expect(readText(path)).toContain('context: edge # the important one');
});

test('offers to switch to what the context is called here, and not to what is current already', async ({
  launch,
  home,
}) => {
  const { path, text } = await mine(home);
  // The same contents as `spare` here, current and called otherwise there.
  const copy = text.replace('context: prod', 'context: far').replace(/^ {4}spare:/m, '    far:');
  const { running, sheet } = await start(launch);

  await dropFiles(running.page, 'main', [fileOf(home, 'copy.yaml', copy)]);
  await sheet.sheet.getByRole('checkbox', { name: 'Switch the current context to spare (there far)' }).check();
  await sheet.apply.click();
  await expect.poll(() => readPlain(path).context).toBe('spare');
  await expect(sheet.sheet).toHaveCount(0);

  await dropFiles(running.page, 'main', [fileOf(home, 'again.yaml', copy)]);
  await expect(sheet.sheet.getByRole('button', { name: 'Nothing to import' })).toBeVisible();
  await expect(sheet.switchCurrent).toHaveCount(0);
});

test('does the same as talosctl config merge with one click', async ({ launch, home }) => {
  const { path, text } = await mine(home);
  const { running, contexts, sheet } = await start(launch);

  await dropFiles(running.page, 'main', [fileOf(home, 'copy.yaml', text)]);
  await expect(sheet.row('prod', 'Identical')).toContainText('is left out');
  await sheet.asTalosctl.check();
  await expect(sheet.row('prod')).toContainText('is added as “prod-1”');
  await sheet.apply.click();

  await expect(contexts.names).toHaveCount(4);
  expect(readPlain(path)).toMatchObject({ context: 'prod-1' });
  expect(Object.keys(readPlain(path).contexts).sort()).toEqual(['prod', 'prod-1', 'spare', 'spare-1']);
});

test('imports the same file twice without changing anything', async ({ launch, home }) => {
  const { path, text } = await mine(home);
  const { running, sheet } = await start(launch);

  await dropFiles(running.page, 'main', [fileOf(home, 'copy.yaml', text)]);
  await sheet.sheet.getByRole('button', { name: 'Nothing to import' }).click();

  await expect(sheet.sheet).toHaveCount(0);
  expect(readText(path)).toBe(text);
});

test('makes a talosconfig where there is none, and undo takes it away', async ({ launch, home }) => {
  const running = await launch();
  const sheet = new ImportSheet(running.page);
  const path = join(home, '.config', 'talos', 'config.yaml');
  await expect(running.page.getByRole('heading', { name: 'There is no talosconfig yet' })).toBeVisible();

  await dropFiles(running.page, 'main', [fileOf(home, 'talosconfig', await ofLab({ contextName: 'edge' }))]);
  await expect(sheet.sheet.getByRole('region', { name: 'talosctl would use another file' })).toBeVisible();
  await expect(sheet.apply).toBeEnabled();
  await running.page.keyboard.press('Enter');

  await expect(running.page.getByRole('button', { name: /^Context: / })).toBeVisible();
  await expect(sheet.sheet).toHaveCount(0);
  expect(modeOf(path)).toBe('600');
  await undoByKey(running.page);
  await expect(running.page.getByRole('heading', { name: 'There is no talosconfig yet' })).toBeVisible();
});

test('undoes after a restart, byte for byte', async ({ launch, home }) => {
  const { path, text } = await mine(home);
  const first = await start(launch);
  await dropFiles(first.running.page, 'main', [
    fileOf(home, 'edge.yaml', await ofLab({ contextName: 'edge', roles: ['os:reader'] })),
  ]);
  await first.sheet.apply.click();
  await expect(first.contexts.names).toHaveCount(3);
  await first.running.close();

  const { running, contexts } = await start(launch);
  await expect(contexts.names).toHaveCount(3);
  await running.page.keyboard.press('ControlOrMeta+z');
  const history = contexts.dialog('Changes by Minos');
  await expect(history.getByRole('listitem')).toContainText('Imported edge (1 added)');
  expect(readText(path)).not.toBe(text);
  await history.getByRole('button', { name: 'Undo…' }).click();
  await confirmChange(running.page);

  await expect(history.getByRole('listitem').first()).toContainText('Undid: Imported edge (1 added)');
  expect(readText(path)).toBe(text);
});

test('plans again when talosctl changes the file meanwhile, and loses neither', async ({ launch, home }) => {
  const { path, text } = await mine(home);
  const { running, contexts, sheet } = await start(launch);
  await dropFiles(running.page, 'main', [
    fileOf(home, 'edge.yaml', await ofLab({ contextName: 'edge', roles: ['os:reader'] })),
  ]);
  await expect(sheet.row('edge')).toContainText('is added as “edge”');

  writeFileSync(path, `${text}    edge:\n        endpoints:\n            - 10.0.0.7\n`);
  await expect(sheet.row('edge')).toContainText('is added as “edge-1”');
  await sheet.apply.click();

  await expect(contexts.names).toHaveCount(4);
  expect(Object.keys(readPlain(path).contexts)).toEqual(['spare', 'prod', 'edge', 'edge-1']);
});

test('lets no key material reach the page', async ({ launch, home }) => {
  await mine(home);
  const edge = await ofLab({ contextName: 'edge', roles: ['os:reader'] });
  const { running, sheet } = await start(launch);
  const { page } = running;
  await page.evaluate(() => {
    const seen: string[] = [];
    (globalThis as unknown as { seen: string[] }).seen = seen;
    new MutationObserver(() => seen.push(document.documentElement.outerHTML)).observe(document.documentElement, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  });

  await dropFiles(page, 'main', [fileOf(home, 'edge.yaml', edge)]);
  await sheet.sheet.getByText(/What changes, line by line/).click();
  await expect(sheet.sheet.getByRole('region', { name: /^Difference of/ })).toContainText('key: [secret ');

  const html = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen.join('\n'));
  const { ca, crt, key } = parsePlain(edge).contexts['edge'] as Record<'ca' | 'crt' | 'key', string>;
  for (const secret of [ca, crt, key]) {
    expect(html).not.toContain(secret.slice(40, 80));
    expect(html).not.toContain(Buffer.from(secret, 'base64').toString().split('\n')[1]!.slice(0, 40));
  }
});
