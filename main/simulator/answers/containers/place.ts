import { daemonDown, invalidArgument, unknownError } from '../../endpoint/errors.ts';
import type { VirtualNode } from '../../node/virtual-node.ts';

/** Which containers a request means: Talos' own, those of Kubernetes, or a namespace nobody uses. */
export type ContainerPlace = 'system' | 'kubernetes' | 'empty';

const KUBERNETES_NAMESPACE = 'k8s.io';
const SYSTEM_NAMESPACE = 'system';

const SOCKETS = {
  cri: '/run/containerd/containerd.sock',
  system: '/system/run/containerd/containerd.sock',
} as const;

interface PlaceRequest {
  readonly namespace: string;
  readonly driver: string | number;
}

function placeOf({ namespace, driver }: PlaceRequest): ContainerPlace {
  if (namespace === '') throw invalidArgument("namespace can't be empty");
  if (driver === 'CRI') {
    if (namespace !== KUBERNETES_NAMESPACE) throw unknownError('CRI inspector is supported only for K8s namespace');
    return 'kubernetes';
  }
  if (driver !== 'CONTAINERD') throw invalidArgument(`unsupported driver "${driver}"`);
  if (namespace === SYSTEM_NAMESPACE) return 'system';
  return namespace === KUBERNETES_NAMESPACE ? 'kubernetes' : 'empty';
}

/**
 * Reads namespace and driver as machined does, and asks the daemon that has them. A namespace nobody uses is no error:
 * containerd has nothing in it.
 */
export function askedPlace(request: PlaceRequest, { fault }: VirtualNode): ContainerPlace {
  const place = placeOf(request);
  const daemon = place === 'system' ? 'system' : 'cri';
  if (fault?.kind === 'daemon-down' && (fault.daemon ?? 'cri') === daemon) throw daemonDown(SOCKETS[daemon]);
  return place;
}
