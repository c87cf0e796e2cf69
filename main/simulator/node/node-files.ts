import type { VirtualCluster } from '../cluster/cluster.ts';
import { machineConfigText } from '../cluster/machine-config-text.ts';
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
}

/** Bits of Go's fs.FileMode. The lowest nine are the permissions. */
const GO_MODE = {
  directory: 2 ** 31,
  symlink: 2 ** 27,
  device: 2 ** 26,
  characterDevice: 2 ** 21,
} as const;

const DIRECTORY_MODE = GO_MODE.directory + 0o755;
/** Of a link, as Go writes it. */
export const SYMLINK_MODE = GO_MODE.symlink + 0o777;
const NULL_DEVICE_MODE = GO_MODE.device + GO_MODE.characterDevice + 0o666;
const FILE_MODE = 0o644;
const PRIVATE_MODE = 0o600;

/** Whether it is a folder. */
export const isDirectory = ({ mode }: NodeFile): boolean => mode >= GO_MODE.directory;

/** Whether it is a symbolic link. */
export const isSymlink = ({ link }: NodeFile): boolean => link !== '';

/** The few files of a node that a reader may want, sorted by path. */
export function nodeFiles(node: VirtualNode, cluster: VirtualCluster): readonly NodeFile[] {
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
    file('/system/state/config.yaml', machineConfigText(node, cluster), PRIVATE_MODE),
    file('/usr/bin/init', '\u007fELF', 0o755),
    file('/var/log/audit/kube/kube-apiserver.log', '{"kind":"Event","level":"Metadata"}\n', PRIVATE_MODE),
  ];
  return withFolders([...files, ...crowd(node)]);
}

/** Many small files, on a node that was told to have them. */
function* crowd({ fault }: VirtualNode): Generator<NodeFile> {
  if (fault?.kind !== 'crowded') return;
  const content = Buffer.from('.');
  for (let index = 0; index < fault.items; index += 1) {
    const path = `/var/log/crowd/${String(index).padStart(7, '0')}.log`;
    yield { path, mode: FILE_MODE, uid: 0, content, link: '' };
  }
}

/** The files with every folder above them, sorted by path. */
function withFolders(files: readonly NodeFile[]): readonly NodeFile[] {
  const folders = new Set(['/']);
  for (const { path } of files) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) folders.add(path.slice(0, at));
  }
  const entries = [...folders].map((path) => ({ path, mode: DIRECTORY_MODE, uid: 0, content: null, link: '' }));
  return [...entries, ...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}
