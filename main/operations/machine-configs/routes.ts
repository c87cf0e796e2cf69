import type { Saved } from '../../../preload/contract/index.ts';
import { cancelled, chosenFiles, type Desktop } from '../app/desktop.ts';
import { visible } from '../../lib/visible.ts';
import { fileStem } from '../../lib/file-stem.ts';
import { configHelp } from '../../machine-config/schema/config-help.ts';
import { leased } from '../clusters/lease.ts';
import type { CallHandlers, StreamHandlers } from '../handlers.ts';
import { savePieces, type SaveWish } from '../work/sinks/save-export.ts';
import type { Workspace } from '../workspace.ts';
import { filledPatch } from './patch-library.ts';

/** Looking at machine configs, patching and judging them. */
export function machineConfigRoutes(
  { machineConfigs, unfinished }: Workspace,
  desktop: Pick<Desktop, 'chooseFiles' | 'chooseSavePath' | 'droppedPaths'>,
): Pick<
  CallHandlers,
  | `machineConfig.${'open' | 'read' | 'reveal' | 'patch' | 'validate' | 'before' | 'judge' | 'edit' | 'help' | 'alike' | 'saveAs' | 'openDropped'}`
  | `patches.${'list' | 'save' | 'remove' | 'fill' | 'import' | 'export' | 'jobs' | 'choose'}`
> {
  const { comparisons, patches } = machineConfigs;
  const savedAs = (name: string, text: string, windowId: number): Promise<Saved> => {
    const choose = (wish: SaveWish) => desktop.chooseSavePath(windowId, wish);
    return savePieces({ stem: fileStem(name, 'patch'), extension: 'yaml', choose, unfinished }, () => oneLater(text));
  };
  return {
    'patches.list': () => patches.list(),
    'patches.jobs': ({ token }) => machineConfigs.jobs(token),
    'patches.save': (patch) => patches.save(patch),
    'patches.remove': ({ id }) => patches.remove(id),
    'patches.fill': ({ text, values }) => filledPatch(text, values),
    'patches.import': async (_nothing, { windowId }) =>
      patches.importFiles(await chosenFiles(desktop, windowId, 'Import patches')),
    'patches.choose': async ({ name }, { windowId }) => {
      const [path = ''] = await chosenFiles(desktop, windowId, `Choose the patch ${visible(name)}`);
      return machineConfigs.choosePatch(path);
    },
    'patches.export': async ({ id }, { windowId }) => {
      const { name, content } = await patches.exported(id);
      return savedAs(name, content, windowId);
    },
    'machineConfig.open': async (_nothing, { windowId }) => {
      const [path = ''] = await chosenFiles(desktop, windowId, 'Open machine config');
      return machineConfigs.open(path);
    },
    'machineConfig.openDropped': ({ token }) => {
      const [path] = desktop.droppedPaths(token);
      if (path === undefined) throw cancelled();
      return machineConfigs.open(path);
    },
    'machineConfig.read': ({ context, node }, { signal }) => machineConfigs.read(context, node, signal),
    'machineConfig.saveAs': async ({ token, patches: wanted }, { windowId }) => {
      const { stem, text } = await machineConfigs.patched(token, wanted);
      return savedAs(stem, text, windowId);
    },
    'machineConfig.judge': ({ token, text, mode }) => machineConfigs.judge(token, text, mode),
    'machineConfig.edit': ({ token, text }) => machineConfigs.edit(token, text),
    'machineConfig.alike': ({ token, node, like, fields }) => comparisons.alike(token, node, like, fields),
    'machineConfig.help': () => configHelp(),
    'machineConfig.before': ({ context, node }) => machineConfigs.before(context, node),
    'machineConfig.reveal': ({ token, secret }) => machineConfigs.reveal(token, secret),
    'machineConfig.patch': ({ token, patches }) => machineConfigs.patch(token, patches),
    'machineConfig.validate': ({ token, mode, isStrict }) => machineConfigs.validate(token, mode, isStrict),
  };
}

/** Comparing those of many nodes. */
export function machineConfigStreamRoutes({
  clusters,
  machineConfigs,
}: Workspace): Pick<StreamHandlers, 'configDrift'> {
  return {
    configDrift: (wish, { signal }) => {
      const lease = clusters.lease(wish.context);
      return leased(lease, signal, (until) => machineConfigs.comparisons.compare(lease.caller, wish, until));
    },
  };
}

async function* oneLater(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
