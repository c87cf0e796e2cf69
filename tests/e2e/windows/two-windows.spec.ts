import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright/test';
import { userDataOf } from '../../../scripts/temporary-home.ts';
import { MinosPage } from '../pages/minos-page.ts';
import { expect, test } from '../support/fixture.ts';

/** The page of the window that works on a context. */
async function windowOn(app: ElectronApplication, context: string): Promise<Page> {
  const found = async (): Promise<Page | undefined> => {
    for (const page of app.windows()) {
      if ((await page.getByRole('button', { name: `Context: ${context}` }).count()) > 0) return page;
    }
    return undefined;
  };
  await expect.poll(async () => (await found()) !== undefined, { timeout: 15_000 }).toBe(true);
  const page = await found();
  if (page === undefined) throw new Error(`No window is on ${context}.`);
  return page;
}

/** Each window by the context its title names, with what `read` makes of it. */
const boundsByTitle = (app: ElectronApplication): Promise<Record<string, unknown>> =>
  app.evaluate(({ BrowserWindow }) =>
    Object.fromEntries(
      BrowserWindow.getAllWindows().map((window) => [
        window.getTitle().split(' · ').at(-2) ?? '',
        window.getNormalBounds(),
      ]),
    ),
  );

test('two windows work each on its own cluster, and come back with place and tabs', async ({
  launch,
  simulate,
  home,
}) => {
  const { talosconfig } = await simulate(['--demo']);
  const args = ['--talosconfig', talosconfig];
  const running = await launch({ args });
  const { app, page } = running;
  const contexts = await new MinosPage(page).open('Contexts');
  await contexts.getByRole('rowheader', { name: /^lab/ }).click({ button: 'right' });
  const opened = app.waitForEvent('window');
  await page.getByRole('menuitem', { name: 'Open in a new window' }).click();
  const other = await opened;
  await expect(other.getByRole('button', { name: 'Context: lab' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Context: demo' })).toBeVisible();

  const [one, two] = [new MinosPage(page), new MinosPage(other)];
  await one.open('Nodes');
  await two.open('Nodes');
  await one.run('Version');
  await two.run('Version');
  await expect(one.answer('cp-1')).toContainText('v1.13');
  await expect(two.answer('cp-1')).toContainText('v1.14');
  await other.keyboard.press('Control+t');
  await expect(other.getByRole('navigation', { name: 'Tabs' }).getByRole('listitem')).toHaveCount(2);

  // The other window has the focus: the question stands before the one that asked.
  const asking = app.waitForEvent('window');
  const answer = page.evaluate(async () => {
    const { minos } = window as unknown as {
      minos: { call(id: number, name: string, input: unknown): Promise<{ ok: boolean }> };
    };
    return minos.call(9000, 'contexts.setEndpoints', { context: 'demo', endpoints: ['new.example'] });
  });
  const question = await asking;
  const owner = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.getTitle() === 'Minos asks')
      ?.getParentWindow()
      ?.getTitle(),
  );
  expect(owner).toMatch(/ · demo · Minos$/);
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(await answer).toMatchObject({ ok: false });

  const places = { demo: { x: 40, y: 30, width: 1000, height: 700 }, lab: { x: 300, y: 200, width: 920, height: 640 } };
  await app.evaluate(({ BrowserWindow }, bounds) => {
    for (const window of BrowserWindow.getAllWindows()) {
      window.setBounds(window.getTitle().includes(' · lab ') ? bounds.lab : bounds.demo);
    }
  }, places);
  await running.close();

  const again = await launch({ args });
  const lab = await windowOn(again.app, 'lab');
  const demo = await windowOn(again.app, 'demo');
  await expect(lab.getByRole('navigation', { name: 'Tabs' }).getByRole('listitem')).toHaveCount(2);
  await expect(demo.getByRole('main', { name: 'Nodes' })).toBeVisible();
  await expect.poll(() => boundsByTitle(again.app)).toEqual(places);

  await again.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.getTitle().includes(' · lab '))
      ?.close();
  });
  await expect.poll(() => again.app.windows().length).toBe(1);
  await new MinosPage(demo).run('Version');
  await expect(new MinosPage(demo).answer('cp-1')).toContainText('v1.13');
  await again.close();
  const kept = JSON.parse(readFileSync(join(userDataOf(home), 'windows.json'), 'utf8')) as { windows: unknown[] };
  expect(kept.windows).toMatchObject([{ bounds: places.demo }]);
});
