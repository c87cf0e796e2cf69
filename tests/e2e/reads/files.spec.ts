import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MinosPage } from '../pages/minos-page.ts';
import { wrongInEither } from '../support/axe.ts';
import { expect, test } from '../support/fixture.ts';
import { picture } from '../support/picture.ts';

test('the files of a node are walked, read, followed and drawn by what they take up', async ({ launch }) => {
  test.setTimeout(120_000);
  const { page } = await launch({ args: ['--demo'] });
  await page.setViewportSize({ width: 1280, height: 800 });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(minos.nodeRows.filter({ hasText: 'cp-1' })).toHaveCount(1);
  await minos.pick('Files of cp-1');
  const main = page.getByRole('main', { name: 'Files' });

  // Down by the keyboard, and up again.
  const root = main.getByRole('grid', { name: 'Entries of /', exact: true });
  await root.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(root.getByRole('row', { name: /folder etc/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(main.getByRole('grid', { name: 'Entries of /etc' })).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(root).toBeFocused();
  await picture(page, 'files-root');

  // What cannot be read, and what is no text.
  await main.getByRole('button', { name: 'Type a path' }).click();
  await page.keyboard.type('/var/mnt\n');
  await expect(main.getByRole('row', { name: /stale NFS file handle/ })).toBeVisible();
  await main.getByRole('button', { name: 'Type a path' }).click();
  await page.keyboard.type('/usr/share/zoneinfo.bin\n');
  await expect(main.getByRole('region', { name: 'Bytes of zoneinfo.bin' })).toContainText('00000010');
  await picture(page, 'files-hex');
  expect(await wrongInEither(page)).toEqual([]);

  // A log that grows, through a pasted line.
  await minos.pick('Paste a talosctl');
  const dialog = page.getByRole('dialog', { name: 'Paste a talosctl command line' });
  await dialog
    .getByRole('textbox', { name: 'Command line' })
    .fill('talosctl -n cp-1 read /var/log/pods/kube-system_metrics/metrics/0.log');
  await dialog.getByRole('button', { name: 'Open in Files' }).click();
  await main.getByRole('button', { name: 'Follow' }).click();
  await expect(main.getByText(/^Looked at every 2 s/).first()).toBeVisible();
  const text = main.getByRole('region', { name: 'Text of 0.log' });
  const last = (await text.locator('.line').last().textContent()) ?? '';
  await expect(text.locator('.line').last()).not.toHaveText(last, { timeout: 15_000 });
  await picture(page, 'files-follow');
  expect(await wrongInEither(page)).toEqual([]);

  // What takes up its room, walked by the keyboard.
  await main.getByRole('button', { name: 'Type a path' }).click();
  await page.keyboard.type('/var\n');
  await main.getByRole('button', { name: 'This folder' }).click();
  await page.getByRole('menuitem', { name: 'See what takes up its room' }).click();
  const map = minos.drawer.getByRole('toolbar', { name: /^What takes up \/var of / });
  await map.getByRole('button', { name: /^lib, .*opens$/ }).focus();
  await page.keyboard.press('Enter');
  const lib = minos.drawer.getByRole('toolbar', { name: /^What takes up \/var\/lib of / });
  await expect(lib.getByRole('button').first()).toBeFocused();
  await expect(minos.drawer.getByRole('grid', { name: 'What takes up /var/lib' })).toContainText('containerd');
  await picture(page, 'usage');
  expect(await wrongInEither(page)).toEqual([]);
  await page.keyboard.press('Backspace');
  await expect(map.getByRole('button').first()).toBeFocused();
});

test('a download that is cancelled leaves no half file, and a snapshot is remembered', async ({ home, launch }) => {
  const { app, page } = await launch({ args: ['--demo'] });
  const minos = new MinosPage(page);
  await app.evaluate(({ dialog }, folder) => {
    Object.assign(dialog, {
      showSaveDialog: (_window: unknown, { defaultPath = '' }: { defaultPath?: string }) =>
        Promise.resolve({ canceled: false, filePath: `${folder}/${defaultPath.split('/').at(-1) ?? ''}` }),
    });
  }, home);
  await minos.open('Nodes');
  await expect(minos.nodeRows.filter({ hasText: 'cp-1' })).toHaveCount(1);
  await minos.pick('Files of worker-01');
  const main = page.getByRole('main', { name: 'Files' });
  await main.getByRole('button', { name: 'Type a path' }).click();
  await page.keyboard.type('/var/lib/longhorn/volume-head-000.img\n');
  await main.getByRole('button', { name: 'Download…' }).click();
  await expect(minos.drawer.getByText(/ of worker-01 saved · /).first()).toBeVisible({ timeout: 15_000 });
  await minos.drawer.getByRole('button', { name: /^Cancel/ }).click();
  await expect(minos.drawer.getByText(/nothing was kept|Nothing was saved/)).toBeVisible();
  await expect.poll(() => readdirSync(home).filter((name) => name.includes('volume-head'))).toEqual([]);

  // A folder, extracted.
  await main.getByRole('button', { name: 'Type a path' }).click();
  await page.keyboard.type('/etc\n');
  await main.getByRole('button', { name: 'This folder' }).click();
  await page.getByRole('menuitem', { name: 'Download extracted into a new folder…' }).click();
  await expect(minos.drawer.getByText(/\d+ files, \d+ folders/)).toBeVisible();
  const folder = readdirSync(home).find((name) => name.endsWith('-etc')) ?? '';
  expect(readdirSync(join(home, folder))).toContain('hostname');

  // A snapshot: what Minos took is remembered, and nothing is said of others.
  const overview = await minos.open('Overview');
  await expect(overview.getByText('Minos has taken none of this cluster')).toBeVisible();
  await minos.pasteLine('talosctl -n cp-1 etcd snapshot db.snapshot');
  const form = page.getByRole('dialog', { name: /^Run / });
  await expect(form.getByText('Minos has taken none of this cluster.')).toBeVisible();
  await minos.startForm();
  await expect(minos.drawer.getByText(/its SHA-256 is right/)).toBeVisible({ timeout: 15_000 });
  await expect(overview.getByText(/^Minos took the last one/)).toBeVisible();
});
