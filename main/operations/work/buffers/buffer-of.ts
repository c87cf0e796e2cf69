import type { MethodPath } from '../../../talos/method-types.ts';

/**
 * What is done with a stream when its reader is slower than the node (docs/adr/0024):
 * - `lossless`: the node waits. For what is read whole: files, lists, captures.
 * - `newest-by-key`: of each thing the newest state. For what is watched.
 * - `drop-oldest`: the oldest go, and how many is said. For what is followed: staying live matters, and a node that waits
 *   overwrites its own ring unseen.
 */
export type BufferKind = 'lossless' | 'newest-by-key' | 'drop-oldest';

/** Every streaming method of the API, while it follows; a test demands that none is missing. */
const BUFFERS: Readonly<Partial<Record<MethodPath, BufferKind>>> = {
  '/machine.MachineService/Events': 'drop-oldest',
  '/machine.MachineService/Logs': 'drop-oldest',
  '/machine.MachineService/Dmesg': 'drop-oldest',
  '/machine.MachineService/PacketCapture': 'lossless',
  '/machine.MachineService/List': 'lossless',
  '/machine.MachineService/DiskUsage': 'lossless',
  '/machine.MachineService/Read': 'lossless',
  '/machine.MachineService/Copy': 'lossless',
  '/machine.MachineService/Kubeconfig': 'lossless',
  '/machine.MachineService/EtcdSnapshot': 'lossless',
  '/machine.MachineService/ImageList': 'lossless',
  '/machine.ImageService/List': 'lossless',
  // Progress of each layer.
  '/machine.ImageService/Pull': 'newest-by-key',
  // Each message is something that was done.
  '/machine.LifecycleService/Install': 'lossless',
  '/machine.LifecycleService/Upgrade': 'lossless',
  '/cluster.ClusterService/HealthCheck': 'lossless',
  '/cosi.resource.State/List': 'lossless',
  '/cosi.resource.State/Watch': 'newest-by-key',
};

/** The buffer of a streaming method that follows; undefined for a method that is none. */
export function bufferOf(method: MethodPath): BufferKind | undefined {
  return BUFFERS[method];
}
