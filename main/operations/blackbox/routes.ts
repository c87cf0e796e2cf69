import { chosenFiles, type Desktop } from '../app/desktop.ts';
import type { CallHandlers, StreamHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';

/** Saving and opening black boxes. */
export function blackboxRoutes(
  { blackBoxes }: Workspace,
  desktop: Pick<Desktop, 'chooseFiles' | 'chooseSavePath'>,
): Pick<CallHandlers, 'blackbox.save' | 'blackbox.open'> {
  return {
    'blackbox.save': ({ context }, { windowId }) =>
      blackBoxes.save(context, (wish) => desktop.chooseSavePath(windowId, { ...wish, title: 'Save black box' })),
    'blackbox.open': async (_nothing, { windowId, signal }) => {
      const [path = ''] = await chosenFiles(desktop, windowId, 'Open black box');
      return blackBoxes.open(path, windowId, signal);
    },
  };
}

/** What an opened black box holds. */
export function blackboxStreamRoutes({ blackBoxes }: Workspace): Pick<StreamHandlers, 'blackbox'> {
  return {
    async *blackbox({ id }) {
      yield* blackBoxes.contents(id);
    },
  };
}
