import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { diffLines } from 'diff';
import { startSimulator } from '../../main/simulator/simulator.ts';
import { hasKubectl, kubectl } from '../fakes/kubectl.ts';
import { OTHERS } from '../main/kubeconfig/samples.ts';
import { confirmNext } from './support/confirm-next.ts';
import { expect, test } from './support/fixture.ts';
import { confirmChange, undoByKey } from './pages/change-question.ts';
import { KubeconfigPage } from './pages/kubeconfig-page.ts';
import { writeTalosconfig } from './support/talosconfig-files.ts';

test('one click from the demo to a merged file, and back by undo', async ({ launch, home }) => {
  const { page } = await launch({ args: ['--demo'] });
  const kubeconfig = new KubeconfigPage(page);
  await kubeconfig.open();
  const path = (await kubeconfig.files.locator('.path').textContent()) ?? '';
  expect(path).toMatch(/minos-demo-.*kubeconfig$/);

  const sheet = await kubeconfig.get();
  await expect(sheet).toContainText('From cp-1');
  await expect(sheet).toContainText(/client-key-data: \[secret [0-9a-f]{8}\]/);
  await expect(sheet.getByRole('button', { name: 'Create the file' })).toBeEnabled();
  await page.keyboard.press('Enter');

  await expect(sheet).toBeHidden();
  await expect(kubeconfig.rows.filter({ hasText: 'admin@demo' })).toContainText('current');
  const key = /client-key-data: (\S+)/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  expect(key.length).toBeGreaterThan(80);
  expect(await page.content()).not.toContain(key.slice(0, 40));
  if (hasKubectl) expect(await kubectl(path, 'config', 'get-contexts', '-o', 'name')).toBe('admin@demo\n');

  await undoByKey(page);
  await expect(page.getByText('Undid: Merged the kubeconfig of demo')).toBeVisible();
  await expect(kubeconfig.files).toContainText('does not exist yet');
  expect(() => readFileSync(path)).toThrow('ENOENT');
  expect(readdirSync(home)).not.toContain('.kube');
});

test('merges into the user’s own file, asks which of several, leaves every other byte; undo after a restart', async ({
  launch,
  home,
}) => {
  // Takes connections as the API server would, so that its address can be reached.
  const listener = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const kubernetesUrl = `https://127.0.0.1:${port}`;
  const simulator = await startSimulator({
    name: 'fra',
    baseAddress: '127.0.0.61',
    controlPlanes: 2,
    workers: 1,
    kubernetesUrl,
  });
  try {
    const [one, two] = [join(home, '.kube', 'config'), join(home, 'team.yaml')];
    mkdirSync(join(home, '.kube'));
    mkdirSync(join(home, '.talos'));
    writeFileSync(join(home, '.talos', 'config'), simulator.talosconfig, { mode: 0o600 });
    writeFileSync(two, OTHERS, { mode: 0o600 });
    const env = { KUBECONFIG: `${one}:${two}` };
    const first = await launch({ env });
    const { page } = first;
    const kubeconfig = new KubeconfigPage(page);
    await kubeconfig.open();
    await expect(kubeconfig.rows).toHaveCount(2);

    const sheet = await kubeconfig.get();
    const question = sheet.getByRole('group', { name: 'KUBECONFIG names several files. Into which one?' });
    await expect(question.getByRole('radio', { name: /team\.yaml/ })).toBeChecked();
    await expect(question).toContainText('kubectl would write here');
    // It waits where the file is looked at once more this moment; Enter would not.
    await kubeconfig.write(sheet).click();

    await expect(kubeconfig.rows.filter({ hasText: 'admin@fra' })).toContainText('fra');
    const merged = readFileSync(two, 'utf8');
    expect(diffLines(OTHERS, merged).filter(({ removed }) => removed)).toEqual([]);
    if (hasKubectl) {
      const names = await kubectl(`${one}:${two}`, 'config', 'get-contexts', '-o', 'name');
      expect(names.trim().split('\n').sort()).toEqual(['admin@fra', 'corp', 'lab']);
    }

    const again = await kubeconfig.get();
    await expect(again.getByRole('button', { name: 'Renew the certificate' })).toBeEnabled();
    await page.keyboard.press('Escape');
    await expect(again).toBeHidden();
    expect(readFileSync(two, 'utf8')).toBe(merged);

    await first.close();
    const later = new KubeconfigPage((await launch({ env })).page);
    await later.open();
    await expect(later.rows).toHaveCount(3);
    await later.lastChange.getByRole('button', { name: 'Undo this change…' }).click();
    await confirmChange(later.page);
    await expect(later.rows).toHaveCount(2);
    expect(readFileSync(two, 'utf8')).toBe(OTHERS);
    await expect(later.lastChange).toHaveCount(0);
  } finally {
    await simulator.close();
    listener.close();
  }
});

test('a pasted kubeconfig is merged after a question about what it runs; its context is made current and undone', async ({
  launch,
  home,
}) => {
  const path = join(home, '.kube', 'config');
  mkdirSync(join(home, '.kube'));
  writeFileSync(path, OTHERS, { mode: 0o600 });
  writeTalosconfig(join(home, '.talos', 'config'), 'contexts:\n  prod: {endpoints: [127.0.0.9]}\n');
  const { app, page } = await launch();
  const kubeconfig = new KubeconfigPage(page);
  await kubeconfig.open();
  await expect(kubeconfig.rows).toHaveCount(2);
  const pasted =
    'kind: Config\nclusters: [{name: team, cluster: {server: "https://team.example"}}]\n' +
    'users: [{name: dev, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: login, args: [team]}}}]\n' +
    'contexts: [{name: team, context: {cluster: team, user: dev}}]\n';
  await app.evaluate(({ clipboard }, text) => clipboard.writeText(text), pasted);
  await page.keyboard.press('ControlOrMeta+v');
  const sheet = page.getByRole('dialog', { name: 'Merge a kubeconfig' });
  await expect(sheet).toContainText(
    'kubectl runs a program on this computer whenever it uses the user dev: login team',
  );
  await confirmNext(app, 'Merge it', () => kubeconfig.write(sheet).click());
  await expect(kubeconfig.rows.filter({ hasText: 'team' })).toContainText('a program: login team');
  const merged = readFileSync(path, 'utf8');

  await kubeconfig.rows.filter({ hasText: 'team' }).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Make current…' }).click();
  await kubeconfig.write(page.getByRole('dialog', { name: 'Make team current' })).click();
  await expect(kubeconfig.rows.filter({ hasText: 'team' })).toContainText('current');
  expect(readFileSync(path, 'utf8')).toBe(merged.replace('current-context: corp', 'current-context: team'));
  await undoByKey(page);
  await expect(kubeconfig.rows.filter({ hasText: 'corp' })).toContainText('current');
  expect(readFileSync(path, 'utf8')).toBe(merged);
});
