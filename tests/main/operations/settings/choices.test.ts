import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SettingsFile } from '../../../../main/files/settings.ts';
import { Failed } from '../../../../main/lib/failed.ts';
import { silentLog } from '../../../../main/lib/log.ts';
import { Choices } from '../../../../main/operations/settings/choices.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-choices-'));
  path = join(folder, 'settings.json');
});
afterEach(() => rm(folder, { recursive: true }));

function choices(answer: 'yes' | 'no' = 'yes') {
  const asked: string[] = [];
  let expired = 0;
  const settings = new SettingsFile(path);
  const made = new Choices({
    settings,
    log: silentLog,
    expire: () => {
      expired += 1;
      return Promise.resolve();
    },
    ask: ({ title }) => {
      asked.push(title);
      return answer === 'yes'
        ? Promise.resolve()
        : Promise.reject(new Failed({ code: 'cancelled', message: 'You did not confirm it; nothing was done.' }));
    },
  });
  return { made, asked, expired: () => expired };
}

it('are remembered over a restart, and leave all other settings as they are', async () => {
  await writeFile(path, JSON.stringify({ version: 7, ...OF_VERSION_7, talosconfigs: ['/a'] }));
  const { made } = choices();
  await made.load();
  expect(made.chosen.current).toEqual({
    nodesAtOnce: 64,
    versionDays: 30,
    isTellingExpiry: true,
    isLookingForUpdates: false,
  });

  await made.change({ nodesAtOnce: 8, isTellingExpiry: false });

  const again = choices().made;
  await again.load();
  expect(again.chosen.current).toEqual({
    nodesAtOnce: 8,
    versionDays: 30,
    isTellingExpiry: false,
    isLookingForUpdates: false,
  });
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ version: 8, talosconfigs: ['/a'] });
});

it('ask before old versions would go sooner, and change nothing when that is refused', async () => {
  const yes = choices();
  await yes.made.change({ versionDays: 365 });
  expect(yes.asked).toEqual([]);
  const no = choices('no');
  await no.made.load();

  await expect(no.made.change({ versionDays: 30, nodesAtOnce: 8 })).rejects.toThrow('nothing was done');

  expect(no.asked).toEqual(['Keep old versions for 30 days instead of 365?']);
  expect(no.made.chosen.current).toMatchObject({ versionDays: 365, nodesAtOnce: 64 });
  await yes.made.change({ versionDays: 90 });
  expect(yes.made.chosen.current.versionDays).toBe(90);
});

it('are as at the beginning where the file has something else, each by itself', async () => {
  const broken = { nodesAtOnce: 7, versionDays: 90, colour: 'red' };
  await writeFile(path, JSON.stringify({ version: 8, ...OF_VERSION_7, choices: broken }));
  const { made } = choices();

  await made.load();

  expect(made.chosen.current).toEqual({
    nodesAtOnce: 64,
    versionDays: 90,
    isTellingExpiry: true,
    isLookingForUpdates: false,
  });
  expect((await new SettingsFile(path).readAll()).problems).toEqual(['choices is not all what Minos writes']);
});

it('remove what is older at once when versions are kept for fewer days, and only then', async () => {
  const { made, expired } = choices();
  await made.load();

  await made.change({ versionDays: 365, nodesAtOnce: 8 });
  await made.change({ nodesAtOnce: 16 });
  expect(expired()).toBe(0);
  await made.change({ versionDays: 90 });
  expect(expired()).toBe(1);
});

it.each<[string, string | undefined, number]>([
  ['a newer Minos wrote the settings', JSON.stringify({ version: 99 }), 365],
  ['the settings are damaged', '{"version":8,"choices":{"versionDa', 365],
  ['only something else in them is damaged', JSON.stringify({ version: 8, choices: { versionDays: 90 } }), 90],
  ['nothing was ever chosen', undefined, 30],
])('take no old version away before it is known what was chosen: %s', async (_what, text, days) => {
  if (text !== undefined) await writeFile(path, text);
  const { made } = choices();
  expect(made.versionDays).toBe(365);

  await made.load();

  expect(made.versionDays).toBe(days);
});

it('take no old version away when something else is chosen over damaged settings', async () => {
  await writeFile(path, 'damaged');
  const { made, asked } = choices();
  await made.load();

  await made.change({ nodesAtOnce: 8 });
  expect(made.versionDays).toBe(365);

  await made.change({ versionDays: 30 });
  expect([made.versionDays, asked]).toEqual([30, ['Keep old versions for 30 days instead of 365?']]);
});

const OF_VERSION_7 = {
  ...{ groups: [], talosconfigs: [], expiryTold: [], production: [], mutes: [], snapshots: [] },
  ...{ isNotifying: false, attentionTold: [] },
};
