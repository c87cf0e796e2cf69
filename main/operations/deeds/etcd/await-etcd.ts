import type { ControlPlaneEtcd } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import { pause } from '../../../lib/pause.ts';
import { listResources } from '../../checks/client/read-resources.ts';
import { lookAtControlPlane } from '../../etcd/control-plane-look.ts';
import type { Machine } from '../../plans/machine.ts';
import type { ActTools } from '../../plans/plan.ts';
import type { DeedTools } from '../kit/definition.ts';
import { READ_WITHIN_MS } from '../kit/read-within.ts';
import { seconds } from '../kit/seconds.ts';
import { etcdWords, WAITS } from './may-bootstrap.ts';

/** A database of several gigabytes is read, and images are pulled, on a slow machine. */
const ETCD_WITHIN_MS = 600_000;
const KUBERNETES_WITHIN_MS = 900_000;
const LOOK_EVERY_MS = 1_000;

type Waiting = Pick<ActTools, 'signal' | 'tell'>;
type Etcd = Omit<ControlPlaneEtcd, 'name' | 'failure'>;

const UNWATCHED =
  'It was bootstrapped. Nobody watches it any further: etcd and Kubernetes go on starting by themselves.';

/** etcd runs there, and a member leads. */
export const isLed = ({ member, leader }: Etcd): boolean => member !== undefined && leader !== undefined;

/** It still waits to be bootstrapped. */
export const isWaiting = ({ service, data }: Etcd): boolean => service === WAITS && data === 'empty';

/**
 * Waits until etcd runs on a machine and a member leads, then until Kubernetes answers; says after how long. Whoever stops watching ends
 * nothing. Throws Failed when etcd does not run after ten minutes; that Kubernetes does not answer in a quarter of an hour is only said.
 */
export async function waitForCluster(machine: Machine, tools: DeedTools, waiting: Waiting): Promise<string> {
  const etcd = await waitForEtcd(machine, tools, waiting);
  const kubernetes = waiting.signal.aborted ? undefined : await waitForKubernetes(machine, tools, waiting);
  return kubernetes === undefined ? UNWATCHED : `${etcd ?? ''} ${kubernetes}`.trim();
}

async function waitForEtcd(machine: Machine, tools: DeedTools, waiting: Waiting): Promise<string | undefined> {
  const { clock, caller } = tools;
  const begunMs = clock.monotonic();
  for (;;) {
    const last = await lookAtControlPlane(caller(), { node: machine.node, signal: waiting.signal }).catch(
      () => undefined,
    );
    const tookMs = clock.monotonic() - begunMs;
    if (last !== undefined && isLed(last)) return `etcd runs, ${seconds(tookMs)} after.`;
    if (waiting.signal.aborted) return undefined;
    const words = last === undefined ? 'It does not answer' : etcdWords({ name: machine.name, ...last });
    waiting.tell(`${words}.`);
    if (tookMs >= ETCD_WITHIN_MS) {
      const message =
        last !== undefined && isWaiting(last)
          ? 'etcd was not bootstrapped: it still waits, without data.'
          : `etcd did not begin to run within ten minutes: ${words}.`;
      throw new Failed({ code: 'timeout', message, hint: 'Look at the log of etcd on that machine.' });
    }
    await pause(clock, LOOK_EVERY_MS, waiting.signal);
  }
}

/** Kubernetes answers once Talos knows the node of the machine there. */
async function waitForKubernetes(machine: Machine, tools: DeedTools, waiting: Waiting): Promise<string | undefined> {
  const { clock, caller } = tools;
  const begunMs = clock.monotonic();
  const place = { namespace: 'k8s', type: 'NodeStatuses.kubernetes.talos.dev' };
  for (;;) {
    const call = { node: machine.node, deadlineMs: READ_WITHIN_MS, signal: waiting.signal };
    const known = await listResources(caller(), place, [], call).catch(() => []);
    const tookMs = clock.monotonic() - begunMs;
    if (known.length > 0) return `Kubernetes answers, ${seconds(tookMs)} later.`;
    if (waiting.signal.aborted) return undefined;
    if (tookMs >= KUBERNETES_WITHIN_MS) {
      return 'Kubernetes did not answer within a quarter of an hour: look at kube-apiserver on that machine.';
    }
    waiting.tell('etcd runs; Kubernetes does not answer yet.');
    await pause(clock, LOOK_EVERY_MS, waiting.signal);
  }
}
