import type { VirtualCluster } from './cluster.ts';
import { machineConfigText } from './machine-config-text.ts';
import type { VirtualNode } from './virtual-node.ts';

/** A file or folder of a node; folders have no content. */
export interface NodeFile {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly content: Buffer | null;
  readonly link: string;
}

const DIRECTORY_MODE = 0o40_755;
const FILE_MODE = 0o100_644;
const PRIVATE_MODE = 0o100_600;

/** The few files of a node that a reader may want, sorted by path. */
export function nodeFiles(node: VirtualNode, cluster: VirtualCluster): readonly NodeFile[] {
  const file = (path: string, text: string, mode = FILE_MODE): NodeFile => ({
    path,
    mode,
    uid: 0,
    content: Buffer.from(text),
    link: '',
  });
  const files = [
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
    file('/var/log/audit/kube/kube-apiserver.log', '{"kind":"Event","level":"Metadata"}\n', PRIVATE_MODE),
  ];
  const folders = new Set(['/']);
  for (const { path } of files) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) folders.add(path.slice(0, at));
  }
  const entries = [...folders].map((path) => ({ path, mode: DIRECTORY_MODE, uid: 0, content: null, link: '' }));
  return [...entries, ...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}
