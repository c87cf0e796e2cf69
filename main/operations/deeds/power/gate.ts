import type { NodeSummary } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import { Failed } from '../../../lib/failed.ts';
import { pause } from '../../../lib/pause.ts';
import { ETCD_CHECKS } from '../../checks/client/etcd-checks.ts';
import { listResources } from '../../checks/client/read-resources.ts';
import { runChecks } from '../../checks/client/run-checks.ts';
import { Steps } from '../../checks/steps.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { Machine } from '../../plans/machine.ts';
import type { ActTools } from '../../plans/plan.ts';

/** The cluster has so long to become well before the deed ends. */
const WITHIN_MS = 10 * 60_000;
const LOOK_EVERY_MS = 2_000;
const READ_WITHIN_MS = 5_000;

/** What the gate looks at. */
export interface GateOptions {
  readonly machine: Machine;
  readonly caller: () => Caller;
  readonly clock: Clock;
  /** Of the cluster, as discovery knows them. */
  readonly nodes: () => readonly NodeSummary[];
  /** Its kubelet said before that its node is ready, so it must say so again. */
  readonly wasKubernetesReady: boolean;
}

/**
 * Waits until the cluster may lose another machine: the health checks 1 to 3 (etcd) pass, and the kubelet of the machine says that
 * its node is ready. Throws Failed `timeout` with what was missing last.
 */
export async function gate(options: GateOptions, tools: ActTools): Promise<undefined> {
  const { caller, clock, machine, wasKubernetesReady } = options;
  const untilMs = clock.monotonic() + WITHIN_MS;
  const nodes = options.nodes().map(({ target, addresses, role }) => ({
    ip: target,
    ips: [target, ...addresses],
    isControlPlane: role === 'controlplane',
  }));
  const target = nodes.find(({ isControlPlane }) => isControlPlane)?.ip ?? machine.node;
  const steps = new Steps([], () => clock.now());
  const checking = { tools: { connection: caller(), target, nodes }, clock, untilMs, signal: tools.signal };
  const run = runChecks(ETCD_CHECKS, checking, steps);
  for (let next = await run.next(); ; next = await run.next()) {
    if (next.done === true) {
      if (!next.value) throw notWell(steps.all.find(({ state }) => state === 'failed')?.text ?? 'etcd is not well.');
      break;
    }
    const { name, state, text } = next.value;
    tools.tell(`Waits for ${name}: ${text ?? state}`);
  }
  if (!wasKubernetesReady) return undefined;
  for (;;) {
    if (await isReadyIn(caller, machine, tools.signal)) return undefined;
    tools.signal.throwIfAborted();
    if (clock.monotonic() > untilMs)
      throw notWell(`the kubelet of ${machine.name} does not say that its node is ready.`);
    tools.tell('Waits for its kubelet to say that the node is ready.');
    await pause(clock, LOOK_EVERY_MS, tools.signal);
  }
}

async function isReadyIn(caller: () => Caller, { node }: Machine, signal: AbortSignal): Promise<boolean> {
  const place = { namespace: 'k8s', type: 'NodeStatuses.kubernetes.talos.dev' };
  try {
    const call = { node, deadlineMs: READ_WITHIN_MS, signal };
    const [status] = await listResources(caller(), place, ['{.nodeReady}'], call);
    return status?.fields[0] === 'true';
  } catch {
    return false;
  }
}

const notWell = (why: string): Failed =>
  new Failed({
    code: 'timeout',
    message: `The cluster was not well within ${WITHIN_MS / 60_000} minutes: ${why}`,
    hint: 'Look at its health before you go on with the other machines.',
  });
