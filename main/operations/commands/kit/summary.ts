import type { CommandSummary } from '../../../../preload/contract/index.ts';
import type { CommandDefinition } from './definition.ts';

/** What the page needs to offer a command. */
export function commandSummary(command: CommandDefinition): CommandSummary {
  const { id, title, about, columns, params, picture, liveEveryMs, hasDetail, syntax } = command;
  return {
    id,
    title,
    about,
    columns,
    params,
    names: syntax.names,
    hasDetail,
    ...(picture && { picture }),
    ...(liveEveryMs !== undefined && { liveEveryMs }),
  };
}
