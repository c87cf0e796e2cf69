/** A command that a tab runs on its one node. */
export interface AskedOfNode {
  readonly command: string;
  /** What it is called among the others of its tab; the command's own title when missing. */
  readonly title?: string;
  readonly params?: Readonly<Record<string, string | boolean>>;
  /** Only a control plane has it. */
  readonly isOfControlPlanes?: boolean;
}

/** What a glance at a log needs; all of it, followed, is what the log lens is for. */
const LAST_LINES = '50';

const logOf = (id: string, isOfControlPlanes = false): AskedOfNode => ({
  command: 'logs',
  title: id,
  params: { id, tail: LAST_LINES },
  isOfControlPlanes,
});

const hardware = (type: string, title: string): AskedOfNode => ({
  command: 'get',
  title,
  params: { type: `${type}.hardware.talos.dev` },
});

/** The tabs of a node's page that are answers of commands, and which commands each can show; the first is asked at once. */
export const NODE_TABS: readonly {
  readonly id: string;
  readonly title: string;
  readonly asked: readonly AskedOfNode[];
}[] = [
  { id: 'services', title: 'Services', asked: [{ command: 'services' }] },
  {
    id: 'logs',
    title: 'Logs',
    asked: [
      { command: 'dmesg' },
      logOf('kubelet'),
      logOf('etcd', true),
      ...['machined', 'containerd', 'cri', 'apid'].map((id) => logOf(id)),
      logOf('trustd', true),
      logOf('udevd'),
    ],
  },
  { id: 'processes', title: 'Processes', asked: [{ command: 'processes' }, { command: 'memory' }] },
  {
    id: 'network',
    title: 'Network',
    asked: ['addresses', 'links', 'routes', 'netstat', 'resolvers', 'timeservers'].map((command) => ({ command })),
  },
  {
    id: 'disks',
    title: 'Disks',
    asked: ['mounts', 'disks', 'discoveredvolumes', 'volumestatus', 'diskfree'].map((command) => ({ command })),
  },
  {
    id: 'containers',
    title: 'Containers',
    asked: ['containers', 'stats', 'images'].map((command) => ({ command })),
  },
  {
    id: 'hardware',
    title: 'Hardware',
    asked: [
      hardware('systeminformations', 'System'),
      hardware('processors', 'Processors'),
      hardware('memorymodules', 'Memory'),
      hardware('pcidevices', 'PCI devices'),
    ],
  },
];

/** What a tab can show; empty for one that is not made of commands. */
export function askedIn(tab: string): readonly AskedOfNode[] {
  return NODE_TABS.find(({ id }) => id === tab)?.asked ?? [];
}
