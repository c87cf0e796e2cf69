import { Failed } from '../../lib/failed.ts';
import { listPages } from '../list-pages.ts';
import type { KubernetesCalls } from '../renewed-calls.ts';
import {
  readBudget,
  readDrainedNode,
  readDrainedPod,
  readUid,
  type DisruptionBudget,
  type DrainedNode,
  type DrainedPod,
} from './objects.ts';

/** A page of pods is about 1 MB. */
const PAGE = 100;
/** Far more than a kubelet runs; Kubernetes recommends 110. */
const MOST_PODS = 2_000;
const MOST_BUDGETS = 5_000;

/** Metadata alone: a tenth of the bytes. */
const ONLY_METADATA = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/** The path of a node. */
export const nodePath = (node: string): string => `/api/v1/nodes/${encodeURIComponent(node)}`;

/** The node as it is now. Throws what calls throw; Failed `invalid` for what is no node. */
export async function nodeNow(calls: KubernetesCalls, node: string, signal: AbortSignal): Promise<DrainedNode> {
  return asNode(await calls.ask({ method: 'GET', path: nodePath(node) }, signal));
}

/** The node that was answered. */
export function asNode(answer: unknown): DrainedNode {
  const node = readDrainedNode(answer);
  if (node === undefined)
    throw new Failed({ code: 'invalid', message: 'The API of Kubernetes answered without a node.' });
  return node;
}

/** All pods on a node. */
export function podsOn(calls: KubernetesCalls, node: string, signal: AbortSignal): Promise<readonly DrainedPod[]> {
  const list = { ...podsOfNode(node), page: PAGE, most: MOST_PODS, read: readDrainedPod };
  return listPages(list, (path) => calls.ask({ method: 'GET', path }, signal));
}

/** Uids of the pods that are still on a node. */
export async function uidsOn(calls: KubernetesCalls, node: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const list = { ...podsOfNode(node), page: 5 * PAGE, most: MOST_PODS, read: readUid };
  return new Set(await listPages(list, (path) => calls.ask({ method: 'GET', path, accept: ONLY_METADATA }, signal)));
}

/** All budgets of the cluster. */
export function budgetsNow(calls: KubernetesCalls, signal: AbortSignal): Promise<readonly DisruptionBudget[]> {
  const path = '/apis/policy/v1/poddisruptionbudgets';
  const list = { path, query: {}, page: 5 * PAGE, most: MOST_BUDGETS, read: readBudget };
  return listPages(list, (asked) => calls.ask({ method: 'GET', path: asked }, signal));
}

const podsOfNode = (node: string) => ({ path: '/api/v1/pods', query: { fieldSelector: `spec.nodeName=${node}` } });
