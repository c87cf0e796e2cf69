import type { CommandParam } from '../../../../preload/contract/index.ts';
import type { CommandParams, TalosctlFlag } from '../kit/definition.ts';

/** `-k`: containers of Kubernetes instead of those of Talos itself. */
export const KUBERNETES_PARAM: CommandParam = {
  id: 'kubernetes',
  title: 'Kubernetes containers',
  kind: 'flag',
  required: false,
  initial: false,
};

/** How talosctl writes {@link KUBERNETES_PARAM}. */
const KUBERNETES_FLAG: TalosctlFlag = {
  long: 'kubernetes',
  short: 'k',
  takesValue: false,
  param: KUBERNETES_PARAM.id,
};

/** The flags of the commands about containers. */
export const CONTAINER_FLAGS: readonly TalosctlFlag[] = [
  KUBERNETES_FLAG,
  { long: 'use-cri', takesValue: false, note: 'talosctl ignores it, too.' },
];

/** Namespace and driver of the containers asked for (docs/talos-behaviour.md §6.1). */
export function containerPlace(params: CommandParams): {
  readonly namespace: string;
  readonly driver: 'CRI' | 'CONTAINERD';
} {
  return params[KUBERNETES_PARAM.id] === true
    ? { namespace: 'k8s.io', driver: 'CRI' }
    : { namespace: 'system', driver: 'CONTAINERD' };
}

/** A container as talosctl names it: one that belongs to a pod is drawn below it. */
export function containerName({ id, pod_id: podId }: { readonly id: string; readonly pod_id: string }): string {
  return podId === '' || podId === id ? id : `└─ ${id}`;
}

/** By id, as talosctl sorts: byte by byte, which puts a pod before its containers. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
