import type { Failure, NodesState, NodeSummary } from '../../../preload/contract/index.ts';
import { Failed, failure, isCancelled } from '../../lib/failed.ts';
import { Secret } from '../../lib/secret.ts';
import { MAX_UNPACKED_BYTES, readKubeconfigArchive } from '../../talos/kubeconfig-archive.ts';
import type { Connection } from '../connections.ts';
import { kubeconfigCandidates } from './control-planes.ts';

/** What to fetch from. */
export interface FetchRequest {
  readonly connection: Connection;
  readonly nodes: NodesState;
  /** Roles of the context's certificate, to explain a refusal. */
  readonly roles: readonly string[];
  readonly signal: AbortSignal;
}

/** A kubeconfig as a node sent it, with a certificate issued for this call. */
export interface Fetched {
  readonly text: Secret;
  /** Missing when the endpoint answered for itself. */
  readonly node?: NodeSummary;
}

/** Per node; the next one is tried then. */
const DEADLINE_MS = 8_000;
const METHOD = '/machine.MachineService/Kubeconfig';

/**
 * Fetches a kubeconfig from a control plane, trying the next one where a node cannot be reached or turns out to be a
 * worker. A refused role ends it at once: every node would refuse. Throws Failed.
 */
export async function fetchKubeconfig(request: FetchRequest): Promise<Fetched> {
  const failures: Failure[] = [];
  for (const node of kubeconfigCandidates(request.nodes)) {
    try {
      const text = await fetchFrom(request, node?.target);
      return { text, ...(node && { node }) };
    } catch (error) {
      const reason = request.connection.explain(error, { node: node?.target });
      if (isCancelled(error) || reason.code === 'cancelled' || request.signal.aborted) throw error;
      if (reason.code === 'denied') throw new Failed(denied(reason, request.roles), error);
      if (!MAY_TRY_ANOTHER.has(reason.code)) throw new Failed(reason, error);
      failures.push(reason);
    }
  }
  throw new Failed(whyNone(failures, request.connection.context));
}

/** What another node may do better. */
const MAY_TRY_ANOTHER: ReadonlySet<Failure['code']> = new Set([
  'unreachable',
  'timeout',
  'not-supported',
  'maybe-done',
  'precondition',
  'not-found',
  'busy',
]);

async function fetchFrom({ connection, signal }: FetchRequest, node: string | undefined): Promise<Secret> {
  const options = { deadlineMs: DEADLINE_MS, signal, ...(node !== undefined && { node }) };
  const parts: Buffer[] = [];
  let total = 0;
  for await (const { bytes } of connection.serverStream(METHOD, {}, options)) {
    const part = Buffer.from(bytes);
    total += part.byteLength;
    if (total > MAX_UNPACKED_BYTES) {
      throw new Failed({ code: 'too-large', message: 'More than 4 MiB came instead of a kubeconfig.' });
    }
    parts.push(part);
  }
  return new Secret(new TextDecoder().decode(await readKubeconfigArchive(Buffer.concat(parts))));
}

function denied(reason: Failure, roles: readonly string[]): Failure {
  const has = roles.length === 0 ? 'no role' : roles.join(', ');
  return {
    ...reason,
    message: `Fetching a kubeconfig needs the role os:admin; this certificate has ${has}.`,
    hint: 'Use a context with os:admin, or ask an administrator for a kubeconfig.',
  };
}

function whyNone(failures: readonly Failure[], context: string): Failure {
  const [first] = failures;
  if (first === undefined) {
    return failure({ code: 'not-found', message: `No control plane of ${context} is known.`, where: { context } });
  }
  const details = failures.map(({ message }) => message).join('\n');
  if (failures.every(({ code }) => code === 'not-supported')) {
    return {
      ...first,
      message: `No control plane of ${context} could be asked; the nodes that answered are workers.`,
      hint: 'Only control planes hand out kubeconfigs. Add the address of one to the endpoints of this context.',
      details,
    };
  }
  const main = failures.find(({ code }) => code === 'precondition') ?? first;
  if (main.code === 'precondition') {
    return { ...main, hint: 'Kubernetes is not set up on this cluster yet: bootstrap it first.', details };
  }
  return { ...main, details };
}
