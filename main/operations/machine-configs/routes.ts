import { chosenFiles, type Desktop } from '../app/desktop.ts';
import { configHelp } from '../../machine-config/schema/config-help.ts';
import type { CallHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';

/** Looking at machine configs, patching and judging them. */
export function machineConfigRoutes(
  { machineConfigs }: Workspace,
  desktop: Pick<Desktop, 'chooseFiles'>,
): Pick<
  CallHandlers,
  `machineConfig.${'open' | 'read' | 'reveal' | 'patch' | 'validate' | 'before' | 'judge' | 'edit' | 'help'}`
> {
  return {
    'machineConfig.open': async (_nothing, { windowId }) => {
      const [path = ''] = await chosenFiles(desktop, windowId, 'Open machine config');
      return machineConfigs.open(path);
    },
    'machineConfig.read': ({ context, node }, { signal }) => machineConfigs.read(context, node, signal),
    'machineConfig.judge': ({ token, text, mode }) => machineConfigs.judge(token, text, mode),
    'machineConfig.edit': ({ token, text }) => machineConfigs.edit(token, text),
    'machineConfig.help': () => configHelp(),
    'machineConfig.before': ({ context, node }) => machineConfigs.before(context, node),
    'machineConfig.reveal': ({ token, secret }) => machineConfigs.reveal(token, secret),
    'machineConfig.patch': ({ token, patches }) => machineConfigs.patch(token, patches),
    'machineConfig.validate': ({ token, mode, isStrict }) => machineConfigs.validate(token, mode, isStrict),
  };
}
