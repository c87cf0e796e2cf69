import * as v from 'valibot';
import { readOwnFile } from '../../../files/own/own-file.ts';
import { replaceOwnFile } from '../../../files/own/replace-own-file.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Log } from '../../../lib/log.ts';

const RECORD = v.object({
  /** As `DeedPlace` says which cluster it is. */
  cluster: v.string(),
  begunMs: v.number(),
  /** Id of the snapshot that the user chose. */
  snapshot: v.optional(v.string()),
});
const FILE = v.object({ version: v.literal(1), recoveries: v.array(v.unknown()) });

/** A recovery that was begun and not ended. How far it is stands in no file: that is seen. */
type KeptRecovery = v.InferOutput<typeof RECORD>;

const MOST_BYTES = 1024 * 1024;
const MOST = 1_000;

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
  #all: readonly KeptRecovery[] = [];

  constructor(options: KeptRecoveriesOptions) {
    this.#options = options;
  }

  /** Reads what was begun. Never rejects. */
  async load(): Promise<void> {
    const { path, log } = this.#options;
    try {
      const read = v.safeParse(FILE, JSON.parse((await readOwnFile(path, MOST_BYTES)).toString('utf8')));
      if (read.success) this.#all = read.output.recoveries.filter((one) => v.is(RECORD, one));
    } catch (error) {
      if (error instanceof Failed && error.failure.code === 'file-missing') return;
      log.write('warn', 'which recoveries were begun cannot be read', { error });
    }
  }

  /** That of a cluster. */
  of(cluster: string): KeptRecovery | undefined {
    return this.#all.find((one) => one.cluster === cluster);
  }

  /** Begins one, or chooses another snapshot for the one that was begun. Throws what writing throws. */
  async keep(cluster: string, nowMs: number, snapshot?: string): Promise<void> {
    const before = this.of(cluster);
    const chosen = snapshot ?? before?.snapshot;
    const record = { cluster, begunMs: before?.begunMs ?? nowMs, ...(chosen !== undefined && { snapshot: chosen }) };
    await this.#write([...this.#all.filter((one) => one !== before), record].slice(-MOST));
  }

  /** It is over. Throws what writing throws. */
  async end(cluster: string): Promise<void> {
    await this.#write(this.#all.filter((one) => one.cluster !== cluster));
  }

  async #write(all: readonly KeptRecovery[]): Promise<void> {
    const { path, isKept } = this.#options;
    if (isKept()) await replaceOwnFile(path, `${JSON.stringify({ version: 1, recoveries: all }, null, 1)}\n`);
    this.#all = all;
  }
}
