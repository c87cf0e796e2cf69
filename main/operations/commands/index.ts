import { containers } from './containers/containers.ts';
import { etcdAlarms } from './etcd/alarms.ts';
import { etcdMembers } from './etcd/members.ts';
import { etcdStatus } from './etcd/status.ts';
import type { CommandDefinition } from './kit/definition.ts';
import { list } from './files/list.ts';
import { usage } from './files/usage.ts';
import { netstat } from './network/netstat.ts';
import { dmesg } from './logs/dmesg.ts';
import { logs } from './logs/logs.ts';
import { imageList } from './images/image-list.ts';
import { time } from './node/time.ts';
import { RESOURCE_TABLES } from './resources/tables.ts';
import { diskFree } from './storage/disk-free.ts';
import { get } from './resources/get.ts';
import { memory } from './node/memory.ts';
import { mounts } from './node/mounts.ts';
import { processes } from './processes/processes.ts';
import { services } from './services/services.ts';
import { stats } from './containers/stats.ts';
import { version } from './node/version.ts';

/** Every command that can be run, in the order of the menu. */
export const COMMANDS: readonly CommandDefinition[] = [
  version,
  services,
  etcdMembers,
  etcdStatus,
  etcdAlarms,
  memory,
  processes,
  containers,
  stats,
  mounts,
  diskFree,
  usage,
  list,
  netstat,
  logs,
  dmesg,
  time,
  imageList,
  ...RESOURCE_TABLES,
  get,
];
