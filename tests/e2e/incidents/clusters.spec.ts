import { wrong } from '../support/axe.ts';
import { expect, test } from '../support/fixture.ts';
import { MinosPage } from '../pages/minos-page.ts';

test('two clusters are asked together without being mixed, and a node tells what it went through', async ({
  launch,
}) => {
  const { page } = await launch({ args: ['--demo'] });
  const minos = new MinosPage(page);
  const fleet = await minos.open('Fleet');
  const clusters = fleet.getByRole('grid', { name: 'Clusters' });
  await expect(clusters.getByText('13 of 14', { exact: true })).toBeVisible({ timeout: 20_000 });
  await clusters.getByRole('checkbox').first().click();
  await fleet.getByRole('button', { name: 'Ask 2 clusters…' }).click();
  const form = page.getByRole('dialog', { name: 'Ask 2 clusters' });
  expect(await wrong(page)).toEqual([]);
  await form.getByRole('button', { name: 'Ask 2 clusters' }).click();

  const answers = page.getByRole('grid', { name: 'Answers of clusters, Version' });
  await expect(page.getByRole('button', { name: 'Ask again' })).toBeVisible({ timeout: 20_000 });
  await expect(answers.getByRole('row', { name: /demo.*cp-1.*v1\.13/ })).toHaveCount(1);
  await expect(answers.getByRole('row', { name: /lab.*cp-1.*v1\.14/ })).toHaveCount(1);
  await expect(answers.getByRole('row', { name: /demo.*worker-07/ })).toContainText('refused the connection');
  expect(await wrong(page)).toEqual([]);

  const nodes = await minos.open('Nodes');
  await nodes.getByRole('grid', { name: 'Nodes' }).getByText('cp-1').click();
  await page.getByRole('button', { name: 'Open its page' }).click();
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.getByRole('button', { name: 'Only its last start' }).click();
  await expect(
    page.getByRole('grid', { name: 'Events' }).getByRole('row', { name: /sequence boot STOP/ }),
  ).toBeVisible();
  await expect(
    page.getByRole('group', { name: /^Stages and starts/ }).getByTitle('boot', { exact: true }),
  ).toBeVisible();
  expect(await wrong(page)).toEqual([]);
});
