import type { Observable } from '../../lib/observable.ts';
import type { Cluster } from './cluster.ts';

/** Finds the cluster behind an id, or nothing while no file has it. */
export type FindCluster = (id: string) => Cluster | undefined;

/**
 * What is shown of an id, whichever cluster stands behind it: the page goes on looking while a context is renamed, replaced
 * by another cluster, or gone for a moment. While there is none, what was told last stays.
 */
export class Followed {
  readonly #find: FindCluster;
  readonly #looking = new Map<string, Set<() => void>>();

  constructor(find: FindCluster) {
    this.#find = find;
  }

  /** One thing of the cluster behind an id; `absent` before there has been any. */
  of<T>(id: string, pick: (cluster: Cluster) => Observable<T>, absent: () => T): Observable<T> {
    let last: Cluster | undefined;
    const find = (): Cluster | undefined => (last = this.#find(id) ?? last);
    return {
      get current() {
        const cluster = find();
        return cluster === undefined ? absent() : pick(cluster).current;
      },
      subscribe: (listener) => {
        let shown: Cluster | undefined;
        let stop = (): void => undefined;
        const look = (): boolean => {
          const cluster = find();
          if (cluster === undefined || cluster === shown) return false;
          stop();
          shown = cluster;
          stop = pick(cluster).subscribe(listener);
          return true;
        };
        look();
        const forget = this.#add(id, () => {
          if (look() && shown !== undefined) listener(pick(shown).current);
        });
        return () => {
          forget();
          stop();
        };
      },
    };
  }

  /** After clusters came, went or moved to other ids: those who look see the ones of now. */
  changed(): void {
    for (const looking of [...this.#looking.values()]) for (const look of [...looking]) look();
  }

  #add(id: string, look: () => void): () => void {
    const looking = this.#looking.get(id) ?? new Set();
    this.#looking.set(id, looking);
    looking.add(look);
    return () => {
      looking.delete(look);
      if (looking.size === 0 && this.#looking.get(id) === looking) this.#looking.delete(id);
    };
  }
}
