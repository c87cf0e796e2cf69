import type { NodesState } from '../../../../preload/contract/index.ts';
import { KubernetesConnection, type KubernetesServer } from '../../../kubernetes/connection.ts';
import { KubernetesReader } from '../../../kubernetes/reader.ts';
import { joinHostPort } from '../../../lib/endpoint-address.ts';
import { Failed, isCancelled } from '../../../lib/failed.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { Ask } from '../../confirm.ts';
import { fetchKubeconfig } from '../../kubeconfig/fetch.ts';
import { handedOutAccess } from '../../kubeconfig/fetched.ts';
import type { KubeconfigTexts } from '../../kubeconfig/texts.ts';
import { endpointHost } from '../../talosconfigs/named-hosts.ts';
import { apiServerQuestion } from './kubernetes-question.ts';

/** What a health check comes to the API of Kubernetes with. */
export interface KubernetesWay {
  readonly connection: Caller;
  readonly nodes: () => NodesState;
  /** Roles of the context's certificate, to explain a refusal. */
  readonly roles: readonly string[];
  /** For the question. */
  readonly context: string;
  readonly texts: Pick<KubeconfigTexts, 'readHandedOut'>;
  readonly ask: Ask;
  /** Keys of the hosts that files of the user name. */
  readonly namedHosts: () => Promise<ReadonlySet<string>>;
  /** Instead of the server the cluster says; undefined: that one. */
  readonly endpoint: KubernetesServer | undefined;
  readonly now: () => number;
}

/** A way that is closed: for good, with the reason, or because there is no Kubernetes. */
export type NoWay = { readonly notRun: string } | 'no-kubernetes';

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
    const { connection, roles, texts, now } = this.#way;
    const { signal } = this.#over;
    try {
      const { text } = await fetchKubeconfig({ connection, nodes: this.#way.nodes(), roles, signal });
      const { server: told, identity } = await handedOutAccess(text, { texts, nowMs: now() });
      const server = this.#way.endpoint ?? told;
      const closed = await this.#asked(server);
      if (closed !== undefined) return closed;
      signal.throwIfAborted();
      this.#reader = new KubernetesReader(new KubernetesConnection(server, identity, now));
      return this.#reader;
    } catch (error) {
      if (!(error instanceof Failed) || signal.aborted) throw error;
      if (error.failure.code === 'denied') return { notRun: error.message };
      if (error.failure.code === 'precondition') return 'no-kubernetes';
      throw error;
    }
  }

  async #asked(server: KubernetesServer): Promise<NoWay | undefined> {
    const { context, endpoint, ask, namedHosts } = this.#way;
    const address = `https://${joinHostPort(server.host, server.port)}`;
    if ((await namedHosts()).has(endpointHost(address).key)) return undefined;
    try {
      await ask(apiServerQuestion(context, address, endpoint === undefined), this.#over.signal);
      return undefined;
    } catch (error) {
      this.#over.signal.throwIfAborted();
      if (isCancelled(error)) return { notRun: `You did not let Minos connect to ${address}.` };
      throw error;
    }
  }
}
