/**
 * Writes the user-data folder of this build, for the test that a later build opens it: `node tests/e2e/kept/record.ts`
 * on a display, with ELECTRON_OVERRIDE_DIST_PATH set and the app built. A recorded folder is never recorded again.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryHome } from '../../../scripts/temporary-home.ts';
import { ContextsScreen } from '../pages/contexts-screen.ts';
import { KubeconfigPage } from '../pages/kubeconfig-page.ts';
import { MinosPage } from '../pages/minos-page.ts';
import { RunningApp } from '../support/running-app.ts';
import { writeTalosconfig } from '../support/talosconfig-files.ts';
import { KEYCHAIN, KUBECONFIG, OTHER, TALOSCONFIG } from './inputs.ts';
import { keep, keptFolder } from './place.ts';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};
if (existsSync(keptFolder(version))) throw new Error(`The folder of ${version} is there already.`);

const home = temporaryHome();
writeTalosconfig(join(home.path, '.talos', 'config'), TALOSCONFIG);
writeTalosconfig(join(home.path, 'other', 'talosconfig'), OTHER);
writeTalosconfig(join(home.path, '.kube', 'config'), KUBECONFIG);
const running = await RunningApp.start(home.path, { env: KEYCHAIN });
const { app, page } = running;

const contexts = await ContextsScreen.open(page);
const inspector = await contexts.inspect('one');
await inspector.getByRole('checkbox', { name: /^Production/ }).check();
const two = await contexts.inspect('two');
await two.getByRole('button', { name: "Make it the file's current context" }).click();
await two.getByText("It is the file's current context.").waitFor();
await app.evaluate(
  ({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  },
  join(home.path, 'other', 'talosconfig'),
);
await contexts.add('Open another talosconfig beside it…');
await contexts.names.filter({ hasText: 'elsewhere' }).first().waitFor();

const kubeconfig = new KubeconfigPage(page);
await kubeconfig.open();
await kubeconfig.rows.filter({ hasText: 'spare' }).getByRole('checkbox').check();
await page.getByRole('button', { name: 'Remove 1 context…' }).click();
await kubeconfig.write(page.getByRole('dialog')).click();
await kubeconfig.lastChange.waitFor();
await new MinosPage(page).pick('Theme: dark');
await page.locator('html[data-theme="dark"]').waitFor();
await running.close();
keep(home.path, version);
home.remove();
