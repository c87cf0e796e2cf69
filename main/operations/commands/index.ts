import { containers } from './containers.ts';
import type { CommandDefinition } from './definition.ts';
import { get } from './get/get.ts';
import { memory } from './memory.ts';
import { mounts } from './mounts.ts';
import { processes } from './processes.ts';
import { services } from './services.ts';
import { stats } from './stats.ts';
import { version } from './version.ts';

/** Every command that can be run, in the order of the menu. */
export const COMMANDS: readonly CommandDefinition[] = [
  version,
  services,
  memory,
  processes,
  containers,
  stats,
  mounts,
  get,
];

export function findCommand(id: string): CommandDefinition | undefined {
  return COMMANDS.find((command) => command.id === id);
}
