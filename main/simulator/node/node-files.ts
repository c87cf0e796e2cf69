import type { VirtualCluster } from '../cluster/cluster.ts';
import { machineConfigText } from '../cluster/machine-config-text.ts';
import { etcdDatabase } from '../etcd/snapshot.ts';
import type { VirtualNode } from './virtual-node.ts';

/** A file, folder, link or device of a node. */
export interface NodeFile {
  readonly path: string;
  /** Type and permissions as Go writes them (fs.FileMode), which is not how Unix does. */
  readonly mode: number;
  readonly uid: number;
  /** Null for everything but a regular file. */
  readonly content: Buffer | null;
  /** Where a link points to, else empty. */
  readonly link: string;
  /** How long it is, where that is more than its content: a sparse file, or one that is read in part only. */
  readonly size?: number;
  /** Why it cannot be read, in the words of the kernel. */
  readonly unreadable?: string;
  /** Why not even its size and mode can be told. */
  readonly lost?: string;
}

/** Bits of Go's fs.FileMode. The lowest nine are the permissions. */
const GO_MODE = {
  directory: 2 ** 31,
  symlink: 2 ** 27,
  device: 2 ** 26,
  pipe: 2 ** 25,
  socket: 2 ** 24,
  characterDevice: 2 ** 21,
} as const;

const DIRECTORY_MODE = GO_MODE.directory + 0o755;
/** Of a link, as Go writes it. */
export const SYMLINK_MODE = GO_MODE.symlink + 0o777;
const NULL_DEVICE_MODE = GO_MODE.device + GO_MODE.characterDevice + 0o666;
const FILE_MODE = 0o644;
const PRIVATE_MODE = 0o600;
const MIB = 1024 * 1024;

/** Whether it is a folder. */
export const isDirectory = ({ mode }: NodeFile): boolean => mode >= GO_MODE.directory;

/** Whether it is a symbolic link. */
export const isSymlink = ({ link }: NodeFile): boolean => link !== '';

/** How long it says it is. */
export const sizeOf = ({ size, content, link }: NodeFile): number => size ?? content?.length ?? link.length;

/** The few files of a node that a reader may want, sorted by path; one of them grows. */
export function nodeFiles(node: VirtualNode, cluster: VirtualCluster, nowMs: number): readonly NodeFile[] {
  const file = (path: string, text: string, mode = FILE_MODE): NodeFile => ({
    path,
    mode,
    uid: 0,
    content: Buffer.from(text),
    link: '',
  });
  const files: readonly NodeFile[] = [
    { path: '/bin', mode: SYMLINK_MODE, uid: 0, content: null, link: 'usr/bin' },
    { path: '/dev/null', mode: NULL_DEVICE_MODE, uid: 0, content: null, link: '' },
    file('/etc/hostname', `${node.name}\n`),
    file('/etc/hosts', `127.0.0.1 localhost\n${node.address} ${node.name}\n`),
    file(
      '/etc/os-release',
      `NAME="Talos"\nID=talos\nVERSION_ID=${node.version}\nPRETTY_NAME="Talos (${node.version})"\n`,
    ),
    file('/etc/resolv.conf', 'nameserver 10.5.0.1\n'),
    file('/proc/sys/kernel/random/boot_id', `${node.bootId}\n`),
    file('/proc/version', 'Linux version 6.18.5-talos\n'),
    file('/system/state/config.yaml', machineConfigText(node, cluster, 'persistent'), PRIVATE_MODE),
    file('/usr/bin/init', '\u007fELF', 0o755),
    file('/var/log/audit/kube/kube-apiserver.log', '{"kind":"Event","level":"Metadata"}\n', PRIVATE_MODE),
    file('/var/log/pods/kube-system_metrics/metrics/0.log', growingLog(node.bootedAtMs, nowMs), PRIVATE_MODE),
  ];
  return withFolders([...files, ...moreFiles(node, cluster), ...crowd(node)]);
}

/** One more line each second; begun anew every 20 minutes, as a log that is rotated. */
const GROWN_LINES = 1200;

function growingLog(fromMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - fromMs) / 1000));
  const first = seconds - (seconds % GROWN_LINES);
  return Array.from({ length: seconds - first + 1 }, (_each, index) => {
    const at = new Date(fromMs + (first + index) * 1000).toISOString();
    return `${at} stderr F scraped ${60 + ((index * 13) % 40)} series in ${3 + ((index * 7) % 9)} ms\n`;
  }).join('');
}

/** What fills the disks of a node: logs, images, the database of etcd, and what cannot be read. */
function moreFiles(node: VirtualNode, cluster: VirtualCluster): readonly NodeFile[] {
  const plain = (path: string, content: Buffer, mode = FILE_MODE): NodeFile => ({
    path,
    mode,
    uid: 0,
    content,
    link: '',
  });
  const empty = Buffer.alloc(0);
  const sized = (path: string, size: number): NodeFile => ({ ...plain(path, empty, PRIVATE_MODE), size });
  const logs = ['kube-proxy', 'coredns', 'kube-flannel'].map((name) =>
    plain(`/var/log/pods/kube-system_${name}/${name}/0.log`, Buffer.from(`${logLines(name, node.bootedAtMs)}`)),
  );
  const layers = [211, 96, 74, 48, 31, 12].map((mebibytes, index) =>
    sized(
      `/var/lib/containerd/io.containerd.content.v1.content/blobs/sha256/${index}${'0'.repeat(11)}`,
      mebibytes * MIB,
    ),
  );
  const snapshots = [183, 142, 66, 41, 25, 18, 9].map((mebibytes, index) =>
    sized(`/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/${index + 1}`, mebibytes * MIB),
  );
  const volumes = ['prometheus', 'registry', 'cache'].map((name, index) =>
    sized(`/var/lib/kubelet/pods/${name}/volumes/data`, (97 - index * 34) * MIB),
  );
  const own =
    node.role === 'controlplane'
      ? [
          { path: '/var/lib/etcd', mode: DIRECTORY_MODE, uid: 60, content: null, link: '' },
          ...(cluster.etcd.hasData(node)
            ? [
                plain('/var/lib/etcd/member/snap/db', etcdDatabase(cluster), PRIVATE_MODE),
                sized('/var/lib/etcd/member/wal/0000000000000000.wal', 61 * MIB),
              ]
            : []),
        ]
      : // Takes no room: 1 TiB of holes.
        [sized('/var/lib/longhorn/volume-head-000.img', 1024 * 1024 * MIB)];
  return [
    ...logs,
    ...layers,
    ...snapshots,
    ...volumes,
    ...own,
    plain('/etc/cni/net.d/10-flannel.conflist', Buffer.from('{ "name": "cbr0", "cniVersion": "0.3.1" }\n')),
    plain('/etc/kubernetes/kubelet.yaml', Buffer.from('kind: KubeletConfiguration\nclusterDomain: cluster.local\n')),
    plain('/usr/share/zoneinfo.bin', Buffer.from(Array.from({ length: 600 }, (_each, index) => (index * 37) % 256))),
    sized('/var/lib/kubelet/device-plugins/kubelet_internal_checkpoint', 42),
    { ...sized('/proc/1/mem', 0), unreadable: 'input/output error' },
    { ...plain('/var/mnt/nfs', empty), lost: 'stale NFS file handle' },
    { path: '/var/run', mode: SYMLINK_MODE, uid: 0, content: null, link: '/run' },
    { path: '/run/initctl', mode: GO_MODE.pipe + PRIVATE_MODE, uid: 0, content: null, link: '' },
    { path: '/run/containerd/containerd.sock', mode: GO_MODE.socket + PRIVATE_MODE, uid: 0, content: null, link: '' },
  ];
}

function logLines(name: string, fromMs: number): string {
  return Array.from({ length: 40 }, (_each, index) => {
    return `${new Date(fromMs + index * 61_000).toISOString()} stderr F ${name}: synced in ${(index * 7) % 13} ms\n`;
  }).join('');
}

/** Those of a crowd, as long as the node has it: they are asked for again and again. */
const CROWDS = new WeakMap<object, readonly NodeFile[]>();

/** Many small files, on a node that was told to have them. */
function crowd({ fault }: VirtualNode): readonly NodeFile[] {
  if (fault?.kind !== 'crowded') return [];
  const known = CROWDS.get(fault);
  if (known !== undefined) return known;
  const content = Buffer.from('.');
  const made = Array.from({ length: fault.items }, (_each, index): NodeFile => {
    const path = `/var/log/crowd/${String(index).padStart(7, '0')}.log`;
    return { path, mode: FILE_MODE, uid: 0, content, link: '' };
  });
  CROWDS.set(fault, made);
  return made;
}

/** The files with every folder above them, sorted by path. */
function withFolders(files: readonly NodeFile[]): readonly NodeFile[] {
  const named = new Set(files.map(({ path }) => path));
  const folders = new Set(['/']);
  for (const { path } of files) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) folders.add(path.slice(0, at));
  }
  const entries = [...folders]
    .filter((path) => !named.has(path))
    .map((path) => ({ path, mode: DIRECTORY_MODE, uid: 0, content: null, link: '' }));
  return [...entries, ...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}
