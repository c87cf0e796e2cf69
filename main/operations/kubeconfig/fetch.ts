import type { Failure, NodesState, NodeSummary } from '../../../preload/contract/index.ts';
import { Failed, failure } from '../../lib/failed.ts';
import { Secret } from '../../lib/secret.ts';
import { MAX_UNPACKED_BYTES, readKubeconfigArchive } from '../../talos/kubeconfig-archive.ts';
import type { Caller } from '../clusters/caller.ts';
import { askNext, NobodyAnswered } from '../clusters/control-planes/ask-next.ts';
import { controlPlaneCandidates } from '../clusters/control-planes/candidates.ts';

/** What to fetch from. */
export interface FetchRequest {
  readonly connection: Caller;
  readonly nodes: Pick<NodesState, 'nodes'>;
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
 * Fetches a kubeconfig from whichever control plane hands one out. A refused role ends it at once: every node would refuse.
 * Throws Failed.
 */
export async function fetchKubeconfig(request: FetchRequest): Promise<Fetched> {
  const { connection, signal, roles } = request;
  try {
    const { value, by } = await askNext({
      connection,
      method: METHOD,
      candidates: controlPlaneCandidates(request.nodes),
      signal,
      ask: (node) => fetchFrom(request, node),
    });
    return { text: value, ...(by && { node: by }) };
  } catch (error) {
    if (!(error instanceof NobodyAnswered)) throw error;
    if (error.failure.code === 'denied') throw new Failed(denied(error.failure, roles), error.cause);
    throw new Failed(whyNone(error.failures, connection.context), error.cause);
  }
}

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
  // The role of the file would do: it is read by another certificate, and the reason says so.
  if (roles.includes('os:admin')) return reason;
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
