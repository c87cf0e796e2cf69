import type { CommandSummary } from '../../../../preload/contract/index.ts';
import type { CommandDefinition } from './definition.ts';

/** What the page needs to offer a command; `group` is what it stands under in the menu. */
export function commandSummary(command: CommandDefinition, group?: string): CommandSummary {
  const { id, title, about, columns, params, picture, syntax } = command;
  const isRows = command.shape === 'rows';
  return {
    id,
    title,
    about,
    columns,
    params,
    names: syntax.names,
    hasDetail: isRows && command.hasDetail,
    ...(group !== undefined && { group }),
    ...(picture && { picture }),
    ...(isRows && command.liveEveryMs !== undefined && { liveEveryMs: command.liveEveryMs }),
  };
}
