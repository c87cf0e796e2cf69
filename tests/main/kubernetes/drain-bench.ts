import { setImmediate } from 'node:timers/promises';
import { handedOutIdentity } from '../../../main/credentials/handed-out-client.ts';
import type { Identity } from '../../../main/credentials/identity.ts';
import { KubernetesConnection } from '../../../main/kubernetes/connection.ts';
import type { DrainEvent, DrainTools } from '../../../main/kubernetes/drain/drain-node.ts';
import { RenewedCalls } from '../../../main/kubernetes/renewed-calls.ts';
import { createCertificates } from '../../../main/simulator/cluster/certificates.ts';
import { createCluster, type VirtualCluster } from '../../../main/simulator/cluster/cluster.ts';
import { kubeconfigText } from '../../../main/simulator/cluster/kubeconfig-text.ts';
import { KubernetesApi } from '../../../main/simulator/kubernetes/api-server.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const PLAN = {
  ...{ name: 'sim', controlPlanes: 1, workers: 2, version: 'v1.13.9', seed: 1, overrides: {} },
  snapshot: { bytes: 1, chunkBytes: 1 },
};

/** The API of a simulated Kubernetes without machines that answer, and a client of it, each on a clock of its own. */
export class DrainBench {
  readonly cluster: VirtualCluster;
  readonly api: KubernetesApi;
  /** A kubeconfig as Talos hands it out. */
  readonly kubeconfig: string;
  /** How often the client was given a certificate. */
  opened = 0;
  readonly told: string[] = [];
  readonly clock = new FakeClock();
  readonly calls: RenewedCalls;
  readonly #clusterClock: FakeClock;
  readonly #identity: Identity;

  private constructor(
    cluster: VirtualCluster,
    clusterClock: FakeClock,
    api: KubernetesApi,
    kubeconfig: string,
    identity: Identity,
  ) {
    this.cluster = cluster;
    this.#clusterClock = clusterClock;
    this.api = api;
    this.kubeconfig = kubeconfig;
    this.#identity = identity;
    this.calls = this.client(5_000);
  }

  /** A client that waits so long for an answer; whoever made it closes it. */
  client(answerWithinMs: number): RenewedCalls {
    const { hostname: host, port } = new URL(this.api.url);
    return new RenewedCalls(() => {
      this.opened += 1;
      return Promise.resolve(new KubernetesConnection({ host, port: Number(port) }, this.#identity, Date.now));
    }, answerWithinMs);
  }

  static async open(): Promise<DrainBench> {
    const clock = new FakeClock();
    const cluster = createCluster(PLAN, clock, await createCertificates());
    const api = new KubernetesApi(cluster, '127.0.0.1');
    await api.start();
    const { caPem, leaf } = await cluster.certificates.kubernetesClient();
    const { certPem, keyPem } = leaf;
    const identity = handedOutIdentity({ ca: base64(caPem), crt: base64(certPem), key: base64(keyPem) }, Date.now());
    const text = kubeconfigText({ cluster: 'sim', server: api.url, caPem, certPem, keyPem });
    return new DrainBench(cluster, clock, api, text, identity as Identity);
  }

  tools(signal = new AbortController().signal): DrainTools {
    return { calls: this.calls, clock: this.clock, tell: (event) => this.told.push(wordsOf(event)), signal };
  }

  /** Lets both clocks go on whenever the work waits for time. */
  async goOn<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = work.finally(() => (isDone = true));
    done.catch(() => undefined);
    while (!isDone) {
      await setImmediate();
      if (this.clock.active === 0) continue;
      this.clock.advance(1_000);
      this.#clusterClock.advance(1_000);
    }
    return done;
  }

  /** Turns of the event loop until something is so. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await setImmediate();
  }

  node(name: string) {
    return this.cluster.nodes.find((node) => node.name === name)!;
  }

  /** Pods on a node that are not of DaemonSets and not static. */
  movable(node: string): readonly string[] {
    return this.api.workload
      .on(this.node(node))
      .filter(({ controller, isMirror }) => controller !== 'DaemonSet' && !isMirror)
      .map(({ namespace, name }) => `${namespace}/${name}`)
      .sort();
  }

  async reset(): Promise<void> {
    this.api.forgive();
    await this.api.setFault(null);
    for (const node of this.cluster.nodes) {
      node.setIlls({});
      this.api.workload.refill(node);
    }
    this.api.workload.more.clear();
    this.api.asked.length = 0;
    this.api.changes.length = 0;
    this.told.length = 0;
    this.opened = 0;
  }

  async close(): Promise<void> {
    this.calls.close();
    await this.api.close();
  }
}

function wordsOf(event: DrainEvent): string {
  if (event.kind === 'cordoned') return event.byUs ? 'cordoned' : 'was cordoned';
  if (event.kind === 'leaving') return `${event.pods} leave`;
  if (event.kind === 'trouble') return `trouble: ${event.why}`;
  return event.state === 'held' ? `${event.pod} held: ${event.why}` : `${event.pod} ${event.state}`;
}
