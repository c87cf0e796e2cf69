import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settingsRoutes, settingsTopics } from '../../../../main/operations/settings/routes.ts';
import type { MainSettings } from '../../../../preload/contract/index.ts';
import { openWorkspace, type TestWorkspace } from '../../../fakes/open-workspace.ts';

const context = { signal: new AbortController().signal, windowId: 1 };

let folder: string;
let open: TestWorkspace;
let asked: string[] = [];
let facts: (readonly string[])[] = [];
let isConfirmed = true;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-moved-'));
  asked = [];
  facts = [];
  isConfirmed = true;
  open = await openWorkspace('context: ""\ncontexts: {}\n', undefined, ({ title, facts: said }) => {
    asked.push(title);
    facts.push(said);
    return Promise.resolve({ isConfirmed, typed: '' });
  });
});
afterEach(async () => {
  await open.close();
  await rm(folder, { recursive: true });
});

it('every setting of main is changed, told, exported and read again by the same names', async () => {
  const path = join(folder, 'mine.json');
  const routes = settingsRoutes(open.workspace, {
    chooseFiles: () => Promise.resolve([path]),
    chooseSavePath: () => Promise.resolve(path),
  });
  const state = settingsTopics(open.workspace)['settings.state']({}, context);
  let told = 0;
  const stop = state.subscribe(() => (told += 1));
  const main: MainSettings = {
    ...{ nodesAtOnce: 8, versionDays: 90, deedKeepDays: 30, isTellingExpiry: false, isNotifying: true },
    isLookingForUpdates: false,
  };

  await routes['settings.change'](main, context);
  const saved = await routes['settings.export']({ page: { dates: 'iso' } }, context);
  const read = await routes['settings.open']({}, context);

  stop();
  expect(state.current).toEqual(main);
  expect(told).toBeGreaterThan(0);
  expect(saved).toEqual({ isSaved: true, name: 'mine.json' });
  expect(read).toEqual({ file: 'mine.json', main, page: { dates: 'iso' } });
  expect(await readFile(path, 'utf8')).not.toContain(folder);
  expect(open.workspace.attention.chosen.current.isNotifying).toBe(true);
});

it('what was done to machines is forgotten sooner only after a question, and refused nothing has changed', async () => {
  const nowhere = { chooseFiles: () => Promise.resolve(undefined), chooseSavePath: () => Promise.resolve(undefined) };
  const routes = settingsRoutes(open.workspace, nowhere);
  const state = settingsTopics(open.workspace)['settings.state']({}, context);
  const before = state.current;
  isConfirmed = false;

  const refused = routes['settings.change']({ nodesAtOnce: 8, isNotifying: true, deedKeepDays: 30 }, context);
  await expect(refused).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  expect(state.current).toEqual(before);

  isConfirmed = true;
  await routes['settings.change']({ deedKeepDays: 90 }, context);
  await routes['settings.change']({ deedKeepDays: 400 }, context);
  expect(state.current.deedKeepDays).toBe(400);
  expect(asked).toEqual([
    'Keep what was done to machines for 30 days instead of 400?',
    'Keep what was done to machines for 90 days instead of 400?',
  ]);
  expect(facts).toEqual([['No deed is older than 30 days now.'], ['No deed is older than 90 days now.']]);
});

it('a file that is too large is not read', async () => {
  const path = join(folder, 'large.json');
  await writeFile(path, ' '.repeat(65 * 1024));
  const routes = settingsRoutes(open.workspace, {
    chooseFiles: () => Promise.resolve([path]),
    chooseSavePath: () => Promise.resolve(undefined),
  });

  await expect(routes['settings.open']({}, context)).rejects.toMatchObject({ failure: { code: 'too-large' } });
});
