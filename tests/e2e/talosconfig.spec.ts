import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from './support/fixture.ts';
import { MinosPage } from './pages/minos-page.ts';

const write = (path: string, text: string): string => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
  return path;
};

const ONE = 'context: one\ncontexts:\n  one:\n    endpoints: [127.0.0.9]\n';

test('says why it uses this file, and that talosctl would use another', async ({ launch, home }) => {
  const xdg = join(home, 'xdg');
  write(join(xdg, 'talos', 'config.yaml'), ONE);
  write(join(home, '.talos', 'config'), ONE);
  const { page } = await launch({ env: { XDG_CONFIG_HOME: xdg } });

  await page.getByRole('button', { name: 'Why this file' }).click();

  const reason = page
    .getByRole('dialog')
    .or(page.getByRole('region', { name: /file/i }))
    .first();
  await expect(reason).toContainText(join(xdg, 'talos', 'config.yaml'));
  await expect(reason).toContainText(join(home, '.talos', 'config'));
});

for (const [what, text, says] of [
  ['an empty file', '', /The talosconfig is empty/],
  ['invalid YAML', 'contexts:\n  a: [1\n  b: }\n', /line 3|3:/i],
  ['a list', '- a\n', /cannot be read/],
] as const) {
  test(`explains ${what} and writes nothing`, async ({ launch, home }) => {
    const path = write(join(home, '.talos', 'config'), text);
    const { page } = await launch();

    await expect(page.getByRole('main')).toContainText(says);
    await expect(page.getByRole('button', { name: 'Read again' })).toBeVisible();
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
}

test('explains a folder where the file should be', async ({ launch, home }) => {
  mkdirSync(join(home, '.talos', 'config'), { recursive: true });
  const { page } = await launch();

  await expect(page.getByRole('main')).toContainText(/folder/);
});

test('says that the file TALOSCONFIG names is missing, and creates nothing', async ({ launch, home }) => {
  const path = join(home, 'missing', 'config');
  const { page } = await launch({ env: { TALOSCONFIG: path } });

  await expect(page.getByRole('main')).toContainText(path);
  await expect(page.getByRole('main')).toContainText(/does not exist/);
  expect(existsSync(path)).toBe(false);
});

test('lists broken contexts and strange names as they are spelled', async ({ launch, home }) => {
  const names = ['010', '1.10', '~', '__proto__', 'null one', 'omni'];
  const text =
    `context: "010"\ncontexts:\n  "010":\n    endpoints: [127.0.0.9]\n  1.10:\n    endpoints: []\n  ~:\n    endpoints: [127.0.0.9]\n    crt: "!"\n` +
    `  __proto__:\n    endpoints: [127.0.0.9]\n  null one:\n  omni:\n    endpoints: [https://omni.example]\n    auth:\n      siderov1:\n        identity: me@example.com\n`;
  const path = write(join(home, '.talos', 'config'), text);
  const { page } = await launch();
  const contexts = await new MinosPage(page).open('Contexts');

  for (const name of names) {
    await expect(contexts.getByRole('rowheader').filter({ hasText: name }).first()).toBeVisible();
  }
  await expect(contexts.getByRole('row').filter({ hasText: 'omni' })).toContainText(/not supported yet/);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('shows an edit of the file by another program', async ({ launch, home }) => {
  const path = write(join(home, '.talos', 'config'), ONE);
  const { page } = await launch();
  const contexts = await new MinosPage(page).open('Contexts');
  await expect(contexts.getByRole('rowheader')).toHaveCount(1);

  write(path, `${ONE}  two:\n    endpoints: [127.0.0.9]\n`);

  await expect(contexts.getByRole('rowheader')).toHaveCount(2);
});
