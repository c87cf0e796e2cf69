import * as v from 'valibot';
import { Failed } from '../lib/failed.ts';
import type { KubernetesConnection } from './connection.ts';
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

const listSchema = v.object({
  items: v.array(v.unknown()),
  metadata: v.optional(v.object({ continue: v.optional(v.pipe(v.string(), v.maxLength(4096)), '') }), { continue: '' }),
});

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

  async #list<T>(
    path: string,
    labels: string,
    read: (item: unknown) => T | undefined,
    signal: AbortSignal,
  ): Promise<readonly T[]> {
    const found: T[] = [];
    for (let next = ''; ;) {
      const query = new URLSearchParams({
        limit: String(PAGE),
        ...(labels !== '' && { labelSelector: labels }),
        ...(next !== '' && { continue: next }),
      });
      const page = v.safeParse(listSchema, await this.#connection.get(`${path}?${query.toString()}`, signal));
      if (!page.success)
        throw new Failed({ code: 'invalid', message: 'The API of Kubernetes answered without a list.' });
      const { items, metadata } = page.output;
      found.push(...items.flatMap((item) => read(item) ?? []));
      next = metadata.continue;
      if (next === '' || items.length === 0) return found;
      if (found.length >= MOST_OBJECTS) throw tooMany(path);
    }
  }
}

const tooMany = (path: string): Failed =>
  new Failed({ code: 'too-large', message: `There are more than ${MOST_OBJECTS} objects at ${path}.` });
