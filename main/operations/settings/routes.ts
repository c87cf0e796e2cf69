import { basename } from 'node:path';
import { KEEP_DAYS_FIRST, type MainSettings } from '../../../preload/contract/index.ts';
import { decodeText, readFileBytes } from '../../files/read-file.ts';
import type { Observable } from '../../lib/observable.ts';
import { chosenFiles, type Desktop } from '../app/desktop.ts';
import type { CallHandlers, TopicHandlers } from '../handlers.ts';
import { savePieces } from '../work/sinks/save-export.ts';
import type { Workspace } from '../workspace.ts';
import { readSettingsText, settingsText } from './settings-text.ts';

/** Largest file of settings that is read. */
const MOST_BYTES = 64 * 1024;

/** Calls about what the user chose. */
export function settingsRoutes(
  workspace: Workspace,
  desktop: Pick<Desktop, 'chooseFiles' | 'chooseSavePath'>,
): Pick<CallHandlers, `settings.${'change' | 'export' | 'open'}`> {
  const { choices, attention, deeds, unfinished } = workspace;
  const state = settingsState(workspace);
  return {
    'settings.change': async ({ isNotifying, deedKeepDays, ...chosen }) => {
      // What is asked about goes first: refused, nothing has changed.
      if (deedKeepDays !== undefined) {
        const older = await deeds.journal.olderThan(deedKeepDays);
        await choices.mayKeepDeedsFor(deeds.journal.state.current.keepDays ?? KEEP_DAYS_FIRST, deedKeepDays, older);
      }
      if (Object.keys(chosen).length > 0) await choices.change(chosen);
      if (isNotifying !== undefined) await attention.notify(isNotifying);
      if (deedKeepDays !== undefined) await deeds.journal.keepFor(deedKeepDays);
    },
    'settings.export': ({ page }, { windowId }) =>
      savePieces(
        {
          ...{ stem: 'minos-settings', extension: 'json', unfinished },
          choose: (wish) => desktop.chooseSavePath(windowId, wish),
        },
        async function* () {
          yield await Promise.resolve(settingsText(state.current, page));
        },
      ),
    'settings.open': async (_nothing, { windowId }) => {
      const [path = ''] = await chosenFiles(desktop, windowId, 'Import settings');
      const { bytes } = await readFileBytes(path, MOST_BYTES);
      const { main, page } = readSettingsText(decodeText(bytes, path), path);
      return { file: basename(path), main, page };
    },
  };
}

/** What main goes by. */
export function settingsTopics(workspace: Workspace): Pick<TopicHandlers, 'settings.state'> {
  const state = settingsState(workspace);
  return { 'settings.state': () => state };
}

/** What is kept in several places, as one. */
function settingsState({ choices, attention, deeds }: Workspace): Observable<MainSettings> {
  const sources = [choices.chosen, attention.chosen, deeds.journal.state];
  const state = {
    get current() {
      return {
        ...choices.chosen.current,
        isNotifying: attention.chosen.current.isNotifying,
        deedKeepDays: deeds.journal.state.current.keepDays ?? KEEP_DAYS_FIRST,
      };
    },
    subscribe: (listener: (value: MainSettings) => void) => {
      void deeds.journal.load();
      const stops = sources.map((source) => source.subscribe(() => listener(state.current)));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
  return state;
}
