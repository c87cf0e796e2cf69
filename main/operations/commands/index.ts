import type { CommandDefinition } from './definition.ts';
import { version } from './version.ts';

/** Every command that can be run, in the order of the menu. */
export const COMMANDS: readonly CommandDefinition[] = [version];

export function findCommand(id: string): CommandDefinition | undefined {
  return COMMANDS.find((command) => command.id === id);
}
