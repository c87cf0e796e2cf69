import type { KubernetesConnection } from './connection.ts';
import { listPages } from './list-pages.ts';
import {
  readNode,
  readPod,
  readWorkload,
  type KubernetesNode,
  type KubernetesPod,
  type KubernetesWorkload,
} from './objects.ts';

/** Objects asked for at a time: a page of nodes is about 2 MB then. */
const PAGE = 200;
/** More objects than any cluster of Talos has of a kind that is read here. */
const MOST_OBJECTS = 10_000;

/** Reads objects of a Kubernetes cluster. All throw what {@link KubernetesConnection.get} throws; the signal bounds their time. */
export class KubernetesReader {
  readonly #connection: KubernetesConnection;

  constructor(connection: KubernetesConnection) {
    this.#connection = connection;
  }

  /** All nodes. */
  nodes(signal: AbortSignal): Promise<readonly KubernetesNode[]> {
    return this.#list('/api/v1/nodes', '', readNode, signal);
  }

  /** Pods of a namespace with these labels, such as `k8s-app=kube-proxy`. */
  pods(namespace: string, labels: string, signal: AbortSignal): Promise<readonly KubernetesPod[]> {
    return this.#list(`/api/v1/namespaces/${namespace}/pods`, labels, readPod, signal);
  }

  /** DaemonSets of a namespace with these labels. */
  daemonSets(namespace: string, labels: string, signal: AbortSignal): Promise<readonly KubernetesWorkload[]> {
    const path = `/apis/apps/v1/namespaces/${namespace}/daemonsets`;
    return this.#list(path, labels, (item) => readWorkload('daemonset', item), signal);
  }

  /** Deployments of a namespace with these labels. */
  deployments(namespace: string, labels: string, signal: AbortSignal): Promise<readonly KubernetesWorkload[]> {
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
    return this.#list(path, labels, (item) => readWorkload('deployment', item), signal);
  }

  /** Ends the connection. */
  close(): void {
    this.#connection.close();
  }

  #list<T>(
    path: string,
    labels: string,
    read: (item: unknown) => T | undefined,
    signal: AbortSignal,
  ): Promise<readonly T[]> {
    const query = labels === '' ? {} : { labelSelector: labels };
    const list = { path, query, page: PAGE, most: MOST_OBJECTS, read };
    return listPages(list, (asked) => this.#connection.get(asked, signal));
  }
}
