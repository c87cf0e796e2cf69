import { Failed } from '../../../lib/failed.ts';
import type { Caller, UnaryOptions } from '../../clusters/caller.ts';
import { quoted } from '../../quoted.ts';
import { parseTemplate } from '../resources/json-path.ts';
import type { PrintColumn } from '../resources/read-definition.ts';

/** A volume where it is mounted. */
export interface MountedVolume {
  readonly volume: string;
  readonly filesystem: string;
  /** The folder it is mounted on. */
  readonly target: string;
}

/** More mounts than any node has; each is a call of its own. */
const MAX_MOUNTS = 200;

const field = (name: string, path: string): PrintColumn => ({ name, template: parseTemplate(path) });
const STATUS_FIELDS = [field('type', '{.type}'), field('phase', '{.phase}')];
const MOUNT_FIELDS = [
  field('source', '{.source}'),
  field('target', '{.target}'),
  field('filesystem', '{.filesystem}'),
  field('volume', '{.spec.volumeID}'),
  field('detached', '{.detached}'),
];

type NodeCall = UnaryOptions & { readonly node: string };

/** Kinds of volumes that lie in the file system of another one, or have none. */
const WITHOUT_FILESYSTEM: Readonly<Record<string, string>> = {
  directory: 'is a directory of another volume and has no file system of its own',
  symlink: 'is a link to another volume and has no file system of its own',
  overlay: 'is an overlay over another volume and has no file system of its own',
  swap: 'is swap and has no file system',
};

/** Throws Failed where the volume cannot have a size: not there, not ready, or without a file system of its own. */
export async function checkVolume(connection: Caller, volume: string, call: NodeCall): Promise<void> {
  const request = { namespace: 'runtime', type: 'VolumeStatuses.block.talos.dev', id: volume };
  const { value } = await connection.unary('/cosi.resource.State/Get', request, call);
  const reading = connection.texts.reading(call.signal);
  const cells = await reading.read('cells', STATUS_FIELDS, value.resource?.spec?.yaml_spec ?? '');
  const [type, phase] = (cells ?? []).map((cell) => String(cell ?? ''));
  const why = WITHOUT_FILESYSTEM[type ?? ''];
  if (why !== undefined) throw refused(call.node, volume, why);
  if (phase !== 'ready') throw refused(call.node, volume, `is not ready (phase ${quoted(phase ?? '')})`);
}

function refused(node: string, volume: string, why: string): Failed {
  return new Failed({ code: 'precondition', message: `Volume ${quoted(volume)} of ${node} ${why}.`, where: { node } });
}

/** What is mounted on a node, in its order; of one volume alone if it is named. Throws what the call throws. */
export async function mountedVolumes(
  connection: Caller,
  volume: string,
  call: NodeCall,
): Promise<{ readonly mounts: readonly MountedVolume[]; readonly isCut: boolean }> {
  const reading = connection.texts.reading(call.signal);
  const request = { namespace: 'runtime', type: 'MountStatuses.block.talos.dev' };
  const mounts: MountedVolume[] = [];
  for await (const { resource } of connection.serverStream('/cosi.resource.State/List', request, call)) {
    const cells = await reading.read('cells', MOUNT_FIELDS, resource?.spec?.yaml_spec ?? '');
    const [source = '', target = '', filesystem = '', id = '', detached = ''] = (cells ?? []).map((cell) =>
      String(cell ?? ''),
    );
    if (source === '' || target === '' || detached === 'true' || (volume !== '' && id !== volume)) continue;
    if (mounts.length === MAX_MOUNTS) return { mounts, isCut: true };
    mounts.push({ volume: id, filesystem, target });
  }
  return { mounts, isCut: false };
}
