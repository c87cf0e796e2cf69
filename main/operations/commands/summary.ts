import type { CommandSummary } from '../../../preload/contract/index.ts';
import { methodOf } from '../../talos/methods.ts';
import type { CommandDefinition } from './definition.ts';

/** What the page needs to offer a command. */
export function commandSummary({ id, title, columns, params, method }: CommandDefinition): CommandSummary {
  return { id, title, columns, params, roles: methodOf(method)?.roles ?? [] };
}
