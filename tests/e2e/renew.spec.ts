import { X509Certificate } from 'node:crypto';
import { basename, join } from 'node:path';
import { spawnSimulator, type ChildSimulator } from '../../main/simulator/process.ts';
import { expect, test } from './support/fixture.ts';
import { undoByKey } from './pages/change-question.ts';
import { ContextsScreen } from './pages/contexts-screen.ts';
import { lostLines, modeOf, readPlain, readText, writeTalosconfig } from './support/talosconfig-files.ts';

const DAY_MS = 86_400_000;

let simulator: ChildSimulator;
test.beforeAll(async () => {
  simulator = await spawnSimulator({ args: ['--nodes', '4', '--endpoints', '3'], forSeconds: 300 });
});
test.afterAll(() => simulator.close());

const put = async (home: string, wish: { roles?: string[]; ttlMs?: number }): Promise<string> => {
  const text = await simulator.talosconfigFor({ contextName: 'prod', ...wish });
  return writeTalosconfig(join(home, '.talos', 'config'), `# mine\n${text.replace('prod:\n', 'prod: # daily\n')}`);
};

const certificateOf = (path: string, name: string): X509Certificate =>
  new X509Certificate(Buffer.from(String(readPlain(path).contexts[name]?.['crt']), 'base64'));

test('renews a certificate that ends soon: old and new shown, crt and key replaced, the rest kept', async ({
  launch,
  home,
}) => {
  const path = await put(home, { ttlMs: 5 * DAY_MS });
  const before = readText(path);
  const { page } = await launch();
  const contexts = await ContextsScreen.open(page);
  await expect(page.getByRole('region', { name: '1 certificate ends within 7 days' })).toBeVisible();
  const inspector = await contexts.inspect('prod');

  await inspector.getByRole('button', { name: 'Renew…' }).click();
  const sheet = contexts.dialog('Renew the certificate of prod');
  await expect(sheet).toContainText('would issue a new client certificate');
  const issued = async (): Promise<number> =>
    (await simulator.calls()).filter(({ method }) => method.endsWith('GenerateClientConfiguration')).length;
  const issuedBefore = await issued();
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  expect(await issued()).toBe(issuedBefore);
  await inspector.getByRole('button', { name: 'Renew…' }).click();
  await sheet.getByRole('button', { name: 'Ask prod for a certificate' }).click();
  await expect(sheet.getByRole('row', { name: /^Left/ })).toContainText(/4 d.*36[45] d/);
  await expect(sheet.getByRole('row', { name: /^Roles/ })).toContainText('os:admin');
  expect(readText(path)).toBe(before);
  await sheet.getByRole('button', { name: 'Write to config' }).click();

  await expect(contexts.row('prod')).toContainText(/36[45] d/);
  await expect(sheet).toHaveCount(0);
  expect(lostLines(before, readText(path)).map((line) => line.trim().split(' ')[0])).toEqual(['crt:', 'key:']);
  expect(modeOf(path)).toBe('600');
  const renewed = certificateOf(path, 'prod');
  expect(renewed.subject).toContain('O=os:admin');
  expect(renewed.validToDate.getTime()).toBeGreaterThan(Date.now() + 360 * DAY_MS);

  await inspector.getByRole('button', { name: 'Renew…' }).click();
  await sheet.getByRole('button', { name: 'Ask prod for a certificate' }).click();
  await expect(sheet.getByRole('row', { name: /^Fingerprint/ })).toBeVisible();
  await sheet.getByRole('button', { name: 'Do not write it' }).click();
  await expect(sheet).toHaveCount(0);
  const written = readText(path);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(contexts.dialog('Undo this change?')).toContainText('puts an older certificate and key back');
  await page.keyboard.press('Enter');
  await expect(contexts.dialog('Undo this change?')).toHaveCount(0);
  expect(readText(path)).toBe(written);
  await undoByKey(page);
  await expect(contexts.row('prod')).toContainText('▲');
  expect(readText(path)).toBe(before);
});

test('says what is possible when the certificate has expired', async ({ launch, home }) => {
  await put(home, { ttlMs: -DAY_MS });
  const { page } = await launch();
  const contexts = await ContextsScreen.open(page);

  const inspector = await contexts.inspect('prod');

  await expect(inspector).toContainText('It cannot be renewed with itself');
  await expect(inspector).toContainText('secrets.yaml');
  await expect(inspector.getByRole('button', { name: 'Renew…' })).toHaveCount(0);
});

test('explains a certificate that may not issue others', async ({ launch, home }) => {
  await put(home, { roles: ['os:reader'] });
  const { page } = await launch();
  const contexts = await ContextsScreen.open(page);

  const inspector = await contexts.inspect('prod');

  await expect(inspector).toContainText('Only os:admin may issue certificates; this one has os:reader.');
  await expect(inspector.getByRole('button', { name: 'Renew…' })).toBeDisabled();
});

test('issues a read-only config for 24 hours that can be imported', async ({ launch, home }) => {
  const path = await put(home, {});
  const before = readText(path);
  const saved = join(home, 'guest.yaml');
  const running = await launch();
  await running.app.evaluate(({ dialog }, filePath) => {
    Object.assign(dialog, {
      showSaveDialog: (_window: unknown, { defaultPath = '' }: { defaultPath?: string }) => {
        Object.assign(globalThis, { offeredPath: defaultPath });
        return Promise.resolve({ canceled: false, filePath });
      },
    });
  }, saved);
  const contexts = await ContextsScreen.open(running.page);
  const inspector = await contexts.inspect('prod');

  await inspector.getByRole('button', { name: 'Issue a read-only config…' }).click();
  await contexts.dialog('Issue a config for prod').getByRole('button', { name: 'Choose where to save…' }).click();
  await expect(contexts.notice(`Saved a talosconfig with os:reader for 24 h as ${saved}`)).toBeVisible();
  const offered = await running.app.evaluate(() => Reflect.get(globalThis, 'offeredPath') as string);
  expect(basename(offered)).toBe('prod.talosconfig');

  expect(readText(path)).toBe(before);
  expect(modeOf(saved)).toBe('600');
  const [name = ''] = Object.keys(readPlain(saved).contexts);
  expect(readPlain(saved).contexts[name]?.['endpoints']).toEqual(readPlain(path).contexts['prod']?.['endpoints']);
  const certificate = certificateOf(saved, name);
  expect(certificate.subject).toContain('O=os:reader');
  expect(certificate.validToDate.getTime()).toBeLessThan(Date.now() + DAY_MS + 60_000);
});

test('warns of nodes whose clock is off, and renews all the same', async ({ launch, home }) => {
  const ahead = await spawnSimulator({
    args: ['--nodes', '2', '--control-planes', '1', '--clock-skew-ms=150000'],
    forSeconds: 120,
  });
  try {
    const path = writeTalosconfig(join(home, '.talos', 'config'), ahead.talosconfig);
    const { page } = await launch();
    const contexts = await ContextsScreen.open(page);
    await expect(
      page.getByRole('region', { name: /^The clock of .* is 2 min \d+ s ahead of this computer's$/ }),
    ).toBeVisible();
    const inspector = await contexts.inspect('sim');
    await expect(inspector).toContainText(/is 2 min \d+ s ahead/);

    const before = readText(path);
    await inspector.getByRole('button', { name: 'Renew…' }).click();
    const sheet = contexts.dialog('Renew the certificate of sim');
    await sheet.getByRole('button', { name: 'Ask sim for a certificate' }).click();
    await sheet.getByRole('button', { name: 'Write to config' }).click();
    await expect(sheet).toHaveCount(0);
    expect(readText(path)).not.toBe(before);
    await expect(inspector).toContainText("By this computer's clock the client certificate is valid only from");
  } finally {
    await ahead.close();
  }
});
