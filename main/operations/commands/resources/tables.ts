import type { RunColumn } from '../../../../preload/contract/index.ts';
import type { RowsCommand } from '../kit/definition.ts';
import { get } from './get.ts';

/** A table of resources that has a name of its own in the menu. */
interface ResourceTable {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** Full name, which no alias of another type can take. */
  readonly type: string;
  /** What talosctl calls it after `get`; the first is the one Minos writes. */
  readonly aliases: readonly string[];
  /** Titles after NAMESPACE, TYPE, ID and VERSION as far as they are known; a run takes those of the cluster. */
  readonly columns: readonly string[];
}

const TABLES: readonly ResourceTable[] = [
  {
    id: 'links',
    title: 'Network links',
    about: 'Network interfaces of each node, with their state.',
    type: 'LinkStatuses.net.talos.dev',
    aliases: ['links', 'link'],
    columns: ['ALIAS', 'TYPE', 'KIND', 'HW ADDR', 'OPER STATE', 'LINK STATE'],
  },
  {
    id: 'addresses',
    title: 'Addresses',
    about: 'Addresses of each node and the links that have them.',
    type: 'AddressStatuses.net.talos.dev',
    aliases: ['addresses', 'address'],
    columns: ['ADDRESS', 'LINK'],
  },
  {
    id: 'routes',
    title: 'Routes',
    about: 'Routes of each node.',
    type: 'RouteStatuses.net.talos.dev',
    aliases: ['routes', 'route'],
    columns: ['DESTINATION', 'GATEWAY', 'LINK', 'METRIC'],
  },
  {
    id: 'resolvers',
    title: 'DNS resolvers',
    about: 'DNS servers each node asks.',
    type: 'ResolverStatuses.net.talos.dev',
    aliases: ['resolvers'],
    columns: ['RESOLVERS', 'SEARCH DOMAINS'],
  },
  {
    id: 'timeservers',
    title: 'Time servers',
    about: 'Time servers each node asks.',
    type: 'TimeServerStatuses.net.talos.dev',
    aliases: ['timeservers', 'timeserver'],
    columns: ['TIMESERVERS', 'USENTS'],
  },
  {
    id: 'disks',
    title: 'Disks',
    about: 'Disks of each node.',
    type: 'Disks.block.talos.dev',
    aliases: ['disks', 'disk'],
    columns: ['SIZE', 'READ ONLY', 'TRANSPORT', 'ROTATIONAL', 'WWID', 'MODEL', 'SERIAL'],
  },
  {
    id: 'systemdisk',
    title: 'System disk',
    about: 'The disk each node is installed on.',
    type: 'SystemDisks.block.talos.dev',
    aliases: ['systemdisk', 'systemdisks'],
    columns: ['DISK'],
  },
  {
    id: 'discoveredvolumes',
    title: 'Discovered volumes',
    about: 'Disks, partitions and file systems each node has found.',
    type: 'DiscoveredVolumes.block.talos.dev',
    aliases: ['discoveredvolumes', 'discoveredvolume', 'dv'],
    columns: ['TYPE', 'SIZE', 'DISCOVERED', 'LABEL', 'PARTITIONLABEL'],
  },
  {
    id: 'volumestatus',
    title: 'Volumes',
    about: 'Volumes Talos manages on each node, and whether they are ready.',
    type: 'VolumeStatuses.block.talos.dev',
    aliases: ['volumestatus', 'volumestatuses', 'vs'],
    columns: ['TYPE', 'PHASE', 'LOCATION', 'SIZE'],
  },
  {
    id: 'extensions',
    title: 'System extensions',
    about: 'System extensions of each node, with their versions.',
    type: 'ExtensionStatuses.runtime.talos.dev',
    aliases: ['extensions'],
    columns: ['NAME', 'VERSION'],
  },
];

/** The tables as commands: `talosctl get TYPE` with the type given. */
export const RESOURCE_TABLES: readonly RowsCommand[] = TABLES.map(tableCommand);

function tableCommand({ id, title, about, type, aliases, columns }: ResourceTable): RowsCommand {
  const typed = { type };
  return {
    ...{ shape: 'rows', id, title, about, method: get.method, hasDetail: true },
    syntax: {
      names: aliases.flatMap((alias) => [`get ${alias}`, `g ${alias}`]),
      positionals: ['id'],
      ...(get.syntax.flags && { flags: get.syntax.flags }),
    },
    params: get.params.filter((param) => param.id !== 'type'),
    columns: [
      ...get.columns,
      ...columns.map((column, index): RunColumn => ({ id: `print-${index}`, title: column, kind: 'text' })),
    ],
    wanted: (params) => get.wanted?.({ ...params, type: aliases[0] ?? id }),
    prepare: (request) => get.prepare({ ...request, params: { ...request.params, ...typed } }),
  };
}
