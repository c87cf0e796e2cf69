import { cgroups } from './cgroups/cgroups.ts';
import { containers } from './containers/containers.ts';
import { etcdAlarms } from './etcd/alarms.ts';
import { etcdDowngradeValidate } from './etcd/downgrade-validate.ts';
import { etcdMembers } from './etcd/members.ts';
import { etcdStatus } from './etcd/status.ts';
import type { CommandDefinition, PlacedCommand } from './kit/definition.ts';
import { kubernetesImages, talosImages } from '../bundles/bundle-commands.ts';
import { patchFileCommand, validateFileCommand } from '../machine-configs/file-commands.ts';
import { health } from '../checks/health-command.ts';
import { etcdDatabaseCopy } from './etcd/database.ts';
import { etcdSnapshot } from './etcd/snapshot.ts';
import { copy } from './files/copy.ts';
import { list } from './files/list.ts';
import { read } from './files/read.ts';
import { usage } from './files/usage.ts';
import { netstat } from './network/netstat.ts';
import { events } from './logs/events.ts';
import { dmesg } from './logs/dmesg.ts';
import { logs } from './logs/logs.ts';
import { imageList } from './images/image-list.ts';
import { time } from './node/time.ts';
import { RESOURCE_TABLES } from './resources/tables.ts';
import { diskFree } from './storage/disk-free.ts';
import { dependencies } from './resources/dependencies.ts';
import { get } from './resources/get.ts';
import { certificates } from './node/certificates.ts';
import { memory } from './node/memory.ts';
import { mounts } from './node/mounts.ts';
import { processes } from './processes/processes.ts';
import { services } from './services/services.ts';
import { stats } from './containers/stats.ts';
import { version } from './node/version.ts';

/** Commands that stand together in the menu. */
interface CommandGroup {
  readonly title: string;
  readonly commands: readonly CommandDefinition[];
}

const tables = (...ids: readonly string[]): readonly CommandDefinition[] =>
  RESOURCE_TABLES.filter(({ id }) => ids.includes(id));

const GROUPS: readonly CommandGroup[] = [
  {
    title: 'Node',
    commands: [version, services, processes, memory, cgroups, time, certificates, ...tables('extensions')],
  },
  { title: 'Logs', commands: [logs, dmesg] },
  { title: 'Containers', commands: [containers, stats, imageList] },
  {
    title: 'etcd',
    commands: [etcdMembers, etcdStatus, etcdAlarms, etcdDowngradeValidate, etcdSnapshot, etcdDatabaseCopy],
  },
  {
    title: 'Network',
    commands: [netstat, ...tables('links', 'addresses', 'routes', 'resolvers', 'timeservers')],
  },
  {
    title: 'Storage',
    commands: [
      ...[mounts, diskFree, usage, list, read, copy],
      ...tables('disks', 'systemdisk', 'discoveredvolumes', 'volumestatus'),
    ],
  },
  { title: 'Resources', commands: [get, dependencies] },
];

/** Every command that can be run, in the order of the menu. */
export const COMMANDS: readonly CommandDefinition[] = GROUPS.flatMap(({ commands }) => commands);

/** Commands of talosctl that have a place of their own instead of a run. */
export const PLACED: readonly PlacedCommand[] = [
  ...[health, events, kubernetesImages, talosImages],
  ...[patchFileCommand, validateFileCommand],
];

/** What a command stands under in the menu. */
export function groupOf(command: CommandDefinition): string | undefined {
  return GROUPS.find(({ commands }) => commands.includes(command))?.title;
}
