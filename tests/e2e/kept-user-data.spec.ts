import { join } from 'node:path';
import { expect, isStandIn, test } from './support/fixture.ts';
import { KEYCHAIN, KUBECONFIG, TALOSCONFIG } from './kept/inputs.ts';
import { putBack } from './kept/place.ts';
import { userDataOf } from '../../scripts/temporary-home.ts';
import { confirmChange } from './pages/change-question.ts';
import { ContextsScreen } from './pages/contexts-screen.ts';
import { KubeconfigPage } from './pages/kubeconfig-page.ts';
import { readText } from './support/talosconfig-files.ts';

/** Names of the contexts that the settings have marks of. */
function markedIn(settings: string): readonly string[] {
  const { production = [] } = JSON.parse(settings) as { production?: readonly { readonly name: string }[] };
  return production.map(({ name }) => name);
}

test('opens what Minos 0.1.0 left: its files, marks and theme, and undoes its sealed changes', async ({
  launch,
  home,
}) => {
  test.skip(!isStandIn(), 'the folder was sealed with the keychain of the stand-in');
  putBack(home, '0.1.0');
  const talosconfig = join(home, '.talos', 'config');
  const kubeconfig = join(home, '.kube', 'config');
  expect(readText(talosconfig)).not.toBe(TALOSCONFIG);
  expect(readText(kubeconfig)).not.toBe(KUBECONFIG);

  const { page } = await launch({ env: KEYCHAIN });

  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const contexts = await ContextsScreen.open(page);
  await expect(contexts.names).toContainText(['one', 'two', 'elsewhere']);
  const inspector = await contexts.inspect('one');
  await expect(inspector.getByRole('checkbox', { name: /^Production/ })).toBeChecked();
  // The page kept the mark; main has taken it over.
  await expect.poll(() => markedIn(readText(join(userDataOf(home), 'settings.json')))).toEqual(['one']);
  await page.keyboard.press('ControlOrMeta+z');
  const history = contexts.dialog('Changes by Minos');
  await history.getByRole('button', { name: 'Undo…' }).click();
  await confirmChange(page);
  await expect.poll(() => readText(talosconfig)).toBe(TALOSCONFIG);

  await expect(history.getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(history).toHaveCount(0);

  const kube = new KubeconfigPage(page);
  await kube.open();
  await kube.lastChange.getByRole('button', { name: /^Undo/ }).click();
  await confirmChange(page);
  await expect.poll(() => readText(kubeconfig)).toBe(KUBECONFIG);
});
