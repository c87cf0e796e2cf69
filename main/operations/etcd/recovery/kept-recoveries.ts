import * as v from 'valibot';
import { OwnList } from '../../../files/own/own-list.ts';
import type { Log } from '../../../lib/log.ts';

const RECORD = v.object({
  /** As `DeedPlace` says which cluster it is. */
  cluster: v.string(),
  begunMs: v.number(),
  /** Id of the snapshot that the user chose. */
  snapshot: v.optional(v.string()),
});

/** A recovery that was begun and not ended. How far it is stands in no file: that is seen. */
type KeptRecovery = v.InferOutput<typeof RECORD>;

const MOST_BYTES = 1024 * 1024;
const MOST = 1_000;
/** One that was begun longer ago is of another worst day, and so is the snapshot that was chosen then. */
const LASTS_MS = 3 * 24 * 3_600_000;
/** A clock that is set right may go back so far. */
const SLACK_MS = 3_600_000;

/** What {@link KeptRecoveries} need. */
export interface KeptRecoveriesOptions {
  readonly path: string;
  readonly log: Log;
  /** False for the clusters of the demo: nothing is kept between starts. */
  readonly isKept: () => boolean;
}

/** Which recoveries were begun, when, and from which snapshot; in a file of Minos's own. */
export class KeptRecoveries {
  readonly #options: KeptRecoveriesOptions;
  readonly #file: OwnList<KeptRecovery>;
  #all: readonly KeptRecovery[] = [];
  /** Changes come one after another: none must take back another one. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(options: KeptRecoveriesOptions) {
    this.#options = options;
    const { path, log } = options;
    const words = 'the recoveries that were begun';
    this.#file = new OwnList({ path, name: 'recoveries', words, entry: RECORD, mostBytes: MOST_BYTES, log });
  }

  /** Knows what was written down, and nothing else any more. Never rejects. */
  async load(): Promise<void> {
    this.#all = [];
    this.#all = await this.#file.read();
  }

  /** That of a cluster, unless it was begun days ago and never ended. */
  of(cluster: string, nowMs: number): KeptRecovery | undefined {
    const found = this.#all.find((one) => one.cluster === cluster);
    const isOf = found !== undefined && found.begunMs <= nowMs + SLACK_MS && nowMs - found.begunMs < LASTS_MS;
    return isOf ? found : undefined;
  }

  /** A recovery that was not ended goes on with this snapshot, by its id. */
  isChosen(snapshot: string): boolean {
    return this.#all.some((one) => one.snapshot === snapshot);
  }

  /** Begins one, or chooses another snapshot for the one that was begun. Throws what writing throws. */
  keep(cluster: string, nowMs: number, snapshot?: string): Promise<void> {
    return this.#change((all) => {
      const before = this.of(cluster, nowMs);
      const chosen = snapshot ?? before?.snapshot;
      const record = { cluster, begunMs: before?.begunMs ?? nowMs, ...(chosen !== undefined && { snapshot: chosen }) };
      return [...all.filter((one) => one.cluster !== cluster), record].slice(-MOST);
    });
  }

  /** It is over. Throws what writing throws. */
  end(cluster: string): Promise<void> {
    return this.#change((all) => all.filter((one) => one.cluster !== cluster));
  }

  async #change(change: (all: readonly KeptRecovery[]) => readonly KeptRecovery[]): Promise<void> {
    const { isKept } = this.#options;
    const done = this.#changing.then(async () => {
      const all = change(this.#all);
      if (isKept()) await this.#file.write(all);
      this.#all = all;
    });
    this.#changing = done.catch(() => undefined);
    await done;
  }
}
