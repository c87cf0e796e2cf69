import type { CheckEvent } from '../../../preload/contract/index.ts';
import { Failed, isCancelled } from '../../lib/failed.ts';
import type { Caller } from '../clusters/caller.ts';
import { CHECK_NAMES, LAST_CHECK } from './check-list.ts';
import { readProgress } from './progress-line.ts';
import { Steps } from './steps.ts';

/** A health check after its inputs were checked; times are milliseconds. */
export interface HealthRequest {
  readonly connection: Caller;
  readonly node: string;
  readonly timeoutMs: number;
  /** IP addresses; of both kinds none: as the cluster discovered them. */
  readonly controlPlanes: readonly string[];
  readonly workers: readonly string[];
  readonly kubernetesEndpoint: string;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** The node itself ends the check when its time is over; Minos only when it says nothing of that. */
const GRACE_MS = 30_000;

const NOT_REACHED = 'The health check ended before its turn.';

/**
 * Lets a control plane go through the list and tells what it says, from `nodes` or the first `step` to `finished`. Throws
 * what a cancelled call throws; whatever else goes wrong is the failure of `finished`.
 */
export async function* serverRun(request: HealthRequest, steps: Steps): AsyncGenerator<CheckEvent> {
  const { connection, node, timeoutMs, signal, now } = request;
  try {
    const lines = connection.serverStream('/cluster.ClusterService/HealthCheck', requestOf(request), {
      ...{ node, signal },
      deadlineMs: timeoutMs + GRACE_MS,
    });
    for await (const { message } of lines) {
      const line = readProgress(message);
      if (line.kind === 'nodes') yield { type: 'nodes', nodes: line.nodes };
      if (line.kind === 'step') {
        const step = steps.set(line.name, line.state, line.text);
        if (step !== undefined) yield { type: 'step', step };
      }
    }
  } catch (error) {
    const failure = connection.explain(error, { node });
    if (isCancelled(error) || failure.code === 'cancelled' || signal.aborted) throw error;
    yield* failed(steps);
    const why =
      steps.all.some(({ state }) => state === 'failed') && failure.code === 'timeout' ? timedOut(steps) : failure;
    yield { type: 'finished', state: 'unhealthy', endedAtMs: now(), failure: why };
    return;
  }
  // The stream of an interrupted check ends like that of a healthy cluster: only one that came to its last check passed.
  const blocking = steps.running;
  const isWhole = blocking === undefined && steps.isOver(LAST_CHECK);
  yield* failed(steps, isWhole ? 'The Talos of this node does not run it.' : NOT_REACHED);
  const end = { type: 'finished', endedAtMs: now() } as const;
  yield isWhole
    ? { ...end, state: 'healthy' }
    : { ...end, state: 'unhealthy', failure: endedEarly(node, blocking?.name) };
}

function* failed(steps: Steps, text = NOT_REACHED): Generator<CheckEvent> {
  const { running } = steps;
  const step = running && steps.set(running.name, 'failed', running.text ?? 'failed');
  if (step !== undefined) yield { type: 'step', step };
  for (const left of steps.leave(text)) yield { type: 'step', step: left };
}

/** What is said when the time is over while a check waits. */
export function timedOut(steps: Steps): Failed['failure'] {
  const blocking = steps.all.find(({ state }) => state === 'failed');
  return new Failed({
    code: 'timeout',
    message: `The time was over while waiting for ${blocking?.name ?? 'the first check'}.`,
    hint: 'The check that failed says what it waited for. A longer time only helps where something is still starting.',
    retry: 'safe',
  }).failure;
}

const endedEarly = (node: string, name: string | undefined): Failed['failure'] =>
  new Failed({
    code: 'unreachable',
    message: `${node} ended the health check ${name === undefined ? 'before its last check' : `while waiting for ${name}`}.`,
    hint: 'It may have been restarted. Run the check again.',
    retry: 'safe',
  }).failure;

function requestOf({ timeoutMs, controlPlanes, workers, kubernetesEndpoint }: HealthRequest) {
  const seconds = Math.floor(timeoutMs / 1000);
  return {
    wait_timeout: { seconds: String(seconds), nanos: Math.round((timeoutMs - seconds * 1000) * 1e6) },
    cluster_info: {
      control_plane_nodes: [...controlPlanes],
      worker_nodes: [...workers],
      force_endpoint: kubernetesEndpoint,
    },
  };
}

/** All checks of the list, none of which had its turn. */
export const waitingSteps = (now: () => number): Steps =>
  new Steps(
    CHECK_NAMES.map((name) => ({ name, state: 'waiting' })),
    now,
  );
