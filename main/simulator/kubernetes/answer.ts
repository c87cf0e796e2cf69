import type { VirtualNode } from '../node/virtual-node.ts';
import { discovered } from './discovery.ts';
import { listAt, nodeObject, podObject, type KubernetesObject, type Told } from './objects.ts';

/** A request as it came. */
export interface KubernetesAsked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed; undefined for none. */
  readonly body: unknown;
}

/** What is answered. */
export interface KubernetesAnswered {
  readonly status: number;
  readonly body: unknown;
}

/** What may be done to what is told of. */
export interface Changeable extends Told {
  /** Refused by the rules of access. */
  readonly denied: ReadonlySet<'cordon' | 'evict'>;
  /** Takes one of the conflicts that were ordered. */
  readonly conflicts: () => boolean;
  readonly bump: (node: VirtualNode) => void;
}

interface NodePatch {
  readonly metadata?: { readonly resourceVersion?: string; readonly annotations?: Record<string, string | null> };
  readonly spec?: { readonly unschedulable?: boolean | null };
}

/** A `Status` of Kubernetes. */
export function refusal(status: number, message: string, causes: readonly object[] = []): KubernetesAnswered {
  const reason = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'NotFound', 409: 'Conflict', 429: 'TooManyRequests' };
  const told = reason[status as keyof typeof reason] ?? 'InternalError';
  const details = causes.length > 0 ? { details: { causes } } : {};
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason: told, ...details };
  return { status, body: { ...body, code: status } };
}

const NOT_FOUND = 'the server could not find the requested resource';

/** Answers as the API server does, for what is simulated of it. */
export function answerKubernetes(asked: KubernetesAsked, state: Changeable): KubernetesAnswered {
  const { method, path } = asked;
  const info = discovered(path, state.cluster.kubernetesVersion);
  if (info !== undefined) return { status: 200, body: info };
  const [, nodeName] = /^\/api\/v1\/nodes\/([^/]+)$/.exec(path) ?? [];
  if (nodeName !== undefined) return aboutNode(nodeName, asked, state);
  const [, namespace = '', pod, eviction] =
    /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)(\/eviction)?$/.exec(path) ?? [];
  if (pod !== undefined) return aboutPod(namespace, pod, eviction === undefined ? undefined : asked.body, state);
  const [, daemon] = /^\/apis\/apps\/v1\/namespaces\/[^/]+\/daemonsets\/([^/]+)$/.exec(path) ?? [];
  if (daemon !== undefined)
    return { status: 200, body: { kind: 'DaemonSet', apiVersion: 'apps/v1', metadata: { name: daemon } } };
  const list = method === 'GET' ? listAt(path, state) : undefined;
  return list === undefined ? refusal(404, NOT_FOUND) : { status: 200, body: page(list, asked.query) };
}

function page(
  {
    items,
    ...kind
  }: { readonly kind: string; readonly apiVersion: string; readonly items: readonly KubernetesObject[] },
  query: URLSearchParams,
): object {
  const [label = '', value] = (query.get('labelSelector') ?? '').split('=');
  const [, node] = /^spec\.nodeName=(.+)$/.exec(query.get('fieldSelector') ?? '') ?? [];
  const [, name] = /^metadata\.name=(.+)$/.exec(query.get('fieldSelector') ?? '') ?? [];
  const chosen = items.filter(
    ({ metadata, spec }) =>
      (value === undefined || metadata.labels[label] === value) &&
      (name === undefined || metadata.name === name) &&
      (node === undefined || (spec as { nodeName?: string } | undefined)?.nodeName === node),
  );
  const from = Number(query.get('continue') ?? 0);
  const until = from + Number(query.get('limit') ?? chosen.length);
  const more = until < chosen.length ? { continue: String(until) } : {};
  return { ...kind, metadata: more, items: chosen.slice(from, until) };
}

function aboutNode(name: string, { method, query, body }: KubernetesAsked, state: Changeable): KubernetesAnswered {
  const { cluster, denied, conflicts, bump, versionOf, workload } = state;
  const node = cluster.nodes.find((one) => one.name === name);
  if (node === undefined) return refusal(404, `nodes "${name}" not found`);
  if (method === 'PATCH') {
    if (denied.has('cordon'))
      return refusal(
        403,
        `nodes "${name}" is forbidden: User "admin" cannot patch resource "nodes" in API group "" at the cluster scope`,
      );
    const { metadata = {}, spec = {} } = body as NodePatch;
    if (conflicts()) bump(node);
    if (metadata.resourceVersion !== undefined && metadata.resourceVersion !== versionOf(node))
      return refusal(
        409,
        `Operation cannot be fulfilled on nodes "${name}": the object has been modified; please apply your changes to the latest version and try again`,
      );
    const annotations = Object.entries({ ...node.ills.annotations, ...metadata.annotations });
    const kept = annotations.filter((one): one is [string, string] => one[1] !== null);
    const isCordoned = 'unschedulable' in spec ? spec.unschedulable === true : node.ills.isCordoned === true;
    if (node.ills.isCordoned === true && !isCordoned) workload.refill(node);
    const isNew = isCordoned && node.ills.isCordoned !== true;
    const cordoner = isNew ? (query.get('fieldManager') ?? 'kubectl') : node.ills.cordoner;
    node.setIlls({ ...node.ills, isCordoned, cordoner, annotations: Object.fromEntries(kept) });
    bump(node);
  }
  return { status: 200, body: nodeObject(node, cluster.kubernetesVersion, versionOf(node)) };
}

function aboutPod(namespace: string, name: string, eviction: unknown, state: Changeable): KubernetesAnswered {
  const pod = state.workload.find(namespace, name);
  if (pod === undefined) return refusal(404, `pods "${name}" not found`);
  if (eviction === undefined) return { status: 200, body: podObject(pod, state.notReady) };
  if (state.denied.has('evict'))
    return refusal(
      403,
      `pods "${name}" is forbidden: User "admin" cannot create resource "pods/eviction" in API group "" in the namespace "${namespace}"`,
    );
  const { deleteOptions } = eviction as { deleteOptions?: { preconditions?: { uid?: string } } };
  const uid = deleteOptions?.preconditions?.uid;
  if (uid !== undefined && uid !== pod.uid)
    return refusal(409, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${pod.uid}`);
  const refused = state.workload.evict(pod);
  if (refused !== undefined) return refusal(refused.status, refused.message, refused.cause && [refused.cause]);
  return { status: 201, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
}
