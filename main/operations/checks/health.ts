import type { CheckEvent, StreamParams } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Lease } from '../clusters/lease.ts';
import { leased } from '../clusters/lease.ts';
import { wrong } from '../commands/kit/params.ts';
import { syntaxWords, talosctlLine } from '../commands/kit/talosctl-line.ts';
import { clientRun, clientSteps } from './client/client-run.ts';
import type { KubernetesWay } from '../kubernetes/open-kubernetes.ts';
import { KubernetesAccess } from './client/kubernetes-access.ts';
import { kubernetesServer } from './kubernetes-endpoint.ts';
import { goDurationMs } from './go-duration.ts';
import { checkAddresses, DEFAULT_TIMEOUT, health } from './health-command.ts';
import { serverRun, waitingSteps, type HealthRequest } from './server-run.ts';

/** What a health check is asked for. */
export type HealthWish = Omit<StreamParams<'checks'>, 'context'>;

const LEAST_MS = 1_000;
/** A day: longer waits are forgotten, not awaited. */
const MOST_MS = 86_400_000;

const E2E =
  'It makes pods in the cluster and deletes them again. talosctl runs them from this computer, with access to Kubernetes.';
const CONFORMANCE =
  'It makes a namespace and runs tests of Kubernetes there for up to two hours, with access to Kubernetes.';

/** What a health check works with beside its cluster. */
export interface HealthTools {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How its Kubernetes is asked from here. */
  readonly way: Omit<KubernetesWay, 'connection' | 'endpoint' | 'now'>;
}

/**
 * A health check of a cluster (docs/talos-behaviour.md §6.6), by a control plane or from here, until it has ended or the
 * signal aborts. Throws Failed `invalid` for inputs that make no sense, before anybody is asked.
 */
export async function* healthCheck(
  lease: Lease,
  wish: HealthWish,
  tools: HealthTools,
): AsyncGenerator<CheckEvent, void, undefined> {
  yield* leased(lease, tools.signal, (signal) => checked(lease, wish, { ...tools, signal }));
}

async function* checked(
  lease: Lease,
  wish: HealthWish,
  { clock, signal, way }: HealthTools,
): AsyncGenerator<CheckEvent, void, undefined> {
  const { node, isByServer, controlPlanes, workers, kubernetesEndpoint = '' } = wish;
  const timeoutMs = timeoutOf(wish);
  checkAddresses({ id: 'control-planes', title: 'Control plane nodes' }, controlPlanes);
  checkAddresses({ id: 'workers', title: 'Worker nodes' }, workers);
  const endpoint = kubernetesServer(kubernetesEndpoint);
  const connection = lease.caller;
  const request: HealthRequest = {
    ...{ connection, node, timeoutMs, controlPlanes, workers, kubernetesEndpoint, signal },
    now: clock.now,
  };
  const steps = isByServer ? waitingSteps(clock.now) : clientSteps(clock.now, wish.asksKubernetes);
  const params = {
    server: isByServer,
    timeout: wish.timeout === '' ? DEFAULT_TIMEOUT : wish.timeout,
    'control-planes': controlPlanes.join(','),
    workers: workers.join(','),
    endpoint: kubernetesEndpoint,
  };
  const startedAtMs = clock.now();
  yield {
    type: 'started',
    node,
    steps: steps.all,
    startedAtMs,
    untilMs: startedAtMs + timeoutMs,
    talosctl: talosctlLine(connection, [node], syntaxWords(health, params)),
    only: [
      { talosctl: talosctlLine(connection, [node], ['health', '--run-e2e']), why: E2E },
      { talosctl: talosctlLine(connection, [node], ['conformance', 'kubernetes']), why: CONFORMANCE },
    ],
  };
  if (isByServer) {
    yield* serverRun(request, steps);
    return;
  }
  const { now } = clock;
  const kubernetes = wish.asksKubernetes ? new KubernetesAccess({ ...way, connection, endpoint, now }) : undefined;
  yield* clientRun(request, steps, { clock, kubernetes });
}

function timeoutOf({ timeout }: HealthWish): number {
  const ms = goDurationMs(timeout === '' ? DEFAULT_TIMEOUT : timeout);
  if (Number.isNaN(ms)) throw wrong('timeout', `At most is a time such as 30s, 5m or 1h30m, not "${timeout}".`);
  if (ms < LEAST_MS || ms > MOST_MS)
    throw wrong('timeout', 'A health check takes at least a second and at most a day.');
  return ms;
}
