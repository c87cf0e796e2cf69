import { KubernetesReader } from '../../../kubernetes/reader.ts';
import { Failed } from '../../../lib/failed.ts';
import { openKubernetes, type KubernetesWay } from '../../kubernetes/open-kubernetes.ts';

/** A way that is closed: for good, with the reason, or because there is no Kubernetes. */
export type NoWay = { readonly notRun: string } | 'no-kubernetes';

const PURPOSE = { what: 'this health check', does: 'reads nodes and pods' };

/**
 * The API of a cluster's Kubernetes for one health check: a certificate that the cluster issues for it, which no file ever
 * holds and which is forgotten with it. A server that no file of the user names is connected to only after they confirmed it.
 */
export class KubernetesAccess {
  readonly #way: KubernetesWay;
  readonly #over = new AbortController();
  #opening: Promise<KubernetesReader | NoWay> | undefined;
  #reader: KubernetesReader | undefined;

  constructor(way: KubernetesWay) {
    this.#way = way;
  }

  /** The same for all checks. Throws Failed where it may go better the next time; it is tried anew then. */
  open(): Promise<KubernetesReader | NoWay> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  /** Takes back a question, ends the connection and forgets the certificate. */
  close(): void {
    this.#over.abort();
    this.#reader?.close();
    this.#opening = undefined;
    this.#reader = undefined;
  }

  async #open(): Promise<KubernetesReader | NoWay> {
    const { signal } = this.#over;
    try {
      this.#reader = new KubernetesReader(await openKubernetes(this.#way, PURPOSE, signal));
      return this.#reader;
    } catch (error) {
      if (!(error instanceof Failed) || signal.aborted) throw error;
      if (error.failure.code === 'denied') return { notRun: error.message };
      if (error.failure.code === 'precondition') return 'no-kubernetes';
      throw error;
    }
  }
}
