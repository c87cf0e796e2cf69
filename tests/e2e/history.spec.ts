import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { userDataOf } from '../../scripts/temporary-home.ts';
import { expect, isStandIn, test } from './support/fixture.ts';
import { confirmChange } from './pages/change-question.ts';
import { ContextsScreen } from './pages/contexts-screen.ts';
import { readText, writeTalosconfig } from './support/talosconfig-files.ts';

const KEY = Buffer.from('a key that must not lie about').toString('base64');
const MINE = `context: one\ncontexts:\n  one: {endpoints: [127.0.0.9], key: ${KEY}}\n  two: {endpoints: [127.0.0.8]}\n`;

interface Kept {
  readonly mode: string;
  readonly text: string;
}

/** Every file Minos keeps of old versions. */
function keptVersions(home: string): readonly Kept[] {
  const folder = join(userDataOf(home), 'history');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ mode: (statSync(file).mode & 0o777).toString(8), text: readFileSync(file, 'latin1') }));
}

for (const { keychain, isSealed } of [
  { keychain: 'gnome_libsecret', isSealed: true },
  { keychain: 'basic_text', isSealed: false },
]) {
  test(`keeps old versions for the owner only, ${isSealed ? 'encrypted with the keychain' : 'and says that they are not encrypted'}`, async ({
    launch,
    home,
  }) => {
    test.skip(!isStandIn(), 'only the stand-in can be told which keychain there is');
    const path = writeTalosconfig(join(home, '.talos', 'config'), MINE);
    const env = { ELECTRON_STAND_IN_KEYCHAIN: keychain };
    const running = await launch({ env });
    const contexts = await ContextsScreen.open(running.page);
    const inspector = await contexts.inspect('two');
    await inspector.getByRole('button', { name: "Make it the file's current context" }).click();
    await expect(inspector).toContainText("It is the file's current context.");

    const kept = keptVersions(home);
    expect(kept.length).toBeGreaterThan(0);
    expect(new Set(kept.map(({ mode }) => mode))).toEqual(new Set(['600']));
    const encodings = [KEY, MINE, Buffer.from(MINE).toString('base64').slice(0, 80)];
    expect(kept.some(({ text }) => encodings.some((one) => text.includes(one)))).toBe(!isSealed);
    await running.close();

    const again = await launch({ env });
    const screen = await ContextsScreen.open(again.page);
    await screen.files.getByRole('button', { name: 'History' }).click();
    const history = screen.dialog('Changes by Minos');
    await expect(history).toContainText(isSealed ? "encrypted with the system's keychain" : 'not encrypted');
    await history.getByRole('button', { name: 'Undo…' }).click();
    expect(readText(path)).not.toBe(MINE);
    await confirmChange(again.page);
    await expect(history.getByRole('listitem')).toHaveCount(2);
    expect(readText(path)).toBe(MINE);
  });
}
