import type { CheckEvent, CheckStep } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import { isCancelled } from '../../../lib/failed.ts';
import { CHECK_NAMES, type CheckName } from '../check-list.ts';
import { timedOut, type HealthRequest } from '../server-run.ts';
import { Steps } from '../steps.ts';
import type { Check } from './check.ts';
import { discover } from './discover.ts';
import { ETCD_CHECKS } from './etcd-checks.ts';
import type { KubernetesAccess } from './kubernetes-access.ts';
import { KUBERNETES_CHECKS } from './kubernetes-checks.ts';
import { MACHINE_CHECKS } from './machine-checks.ts';
import { runChecks } from './run-checks.ts';
import { serviceCheck } from './service-check.ts';

const CHECKS: ReadonlyMap<CheckName, Check> = new Map(
  [...ETCD_CHECKS, ...MACHINE_CHECKS, ...KUBERNETES_CHECKS, serviceCheck('kubelet to be healthy', 'kubelet')].map(
    (check) => [check.name, check],
  ),
);
const OF_KUBERNETES: ReadonlySet<CheckName> = new Set(KUBERNETES_CHECKS.map(({ name }) => name));

const NEEDS_KUBERNETES = 'Needs the API of Kubernetes, which this health check was not told to ask.';
const NOT_REACHED = 'The health check ended before its turn.';

/** The whole list; what is left out says so from the beginning. */
export function clientSteps(now: () => number, asksKubernetes: boolean): Steps {
  const steps = CHECK_NAMES.map((name): CheckStep =>
    asksKubernetes || !OF_KUBERNETES.has(name)
      ? { name, state: 'waiting' }
      : { name, state: 'not-run', text: NEEDS_KUBERNETES },
  );
  return new Steps(steps, now);
}

/**
 * Goes through the list from here, with calls to every node, and to Kubernetes where that may be asked; closes that access.
 * Throws what a cancelled call throws.
 */
export async function* clientRun(
  request: HealthRequest,
  steps: Steps,
  { clock, kubernetes }: { readonly clock: Clock; readonly kubernetes?: KubernetesAccess | undefined },
): AsyncGenerator<CheckEvent> {
  const { connection, node: target, signal, now } = request;
  const untilMs = clock.monotonic() + request.timeoutMs;
  try {
    const nodes = await discover(request);
    yield {
      type: 'nodes',
      nodes: nodes.map(({ ip }) => ip),
      controlPlanes: nodes.filter(({ isControlPlane }) => isControlPlane).map(({ ip }) => ip),
    };
    const names = CHECK_NAMES.filter((name) => kubernetes !== undefined || !OF_KUBERNETES.has(name));
    const checks = names.flatMap((name) => CHECKS.get(name) ?? []);
    const run = runChecks(checks, { tools: { connection, target, nodes, kubernetes }, clock, untilMs, signal }, steps);
    for (let next = await run.next(); ; next = await run.next()) {
      if (next.done !== true) {
        yield { type: 'step', step: next.value };
        continue;
      }
      for (const step of steps.leave(NOT_REACHED)) yield { type: 'step', step };
      const end = { type: 'finished', endedAtMs: now() } as const;
      yield next.value ? { ...end, state: 'healthy' } : { ...end, state: 'unhealthy', failure: timedOut(steps) };
      return;
    }
  } catch (error) {
    if (isCancelled(error) || signal.aborted) throw error;
    for (const step of steps.leave(NOT_REACHED)) yield { type: 'step', step };
    const failure = connection.explain(error, { node: target });
    yield { type: 'finished', state: 'unhealthy', endedAtMs: now(), failure };
  } finally {
    kubernetes?.close();
  }
}
