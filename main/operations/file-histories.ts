import { History, type HistoryOptions, type Seal } from '../files/history.ts';
import type { KeepOther } from '../files/keep-conflict.ts';
import type { FileReplacer } from '../files/replace.ts';
import type { Clock } from '../lib/clock.ts';
import type { TextWorkers } from '../text-work/text-workers.ts';

/** What {@link FileHistories} need. */
export interface FileHistoriesOptions {
  /** Where the old versions lie, of whatever kind of file. */
  readonly folder: string;
  readonly clock: Clock;
  readonly replacer: FileReplacer;
  /** Make the differences. */
  readonly texts: Pick<TextWorkers, 'diff' | 'diffKubeconfig' | 'maskedDiff'>;
  /** Encrypts old versions where the system has a real keychain; asked when the first one is written. */
  readonly seal: () => Seal | undefined;
  /** For how many days old versions are kept. */
  readonly days: () => number;
}

const DAY_MS = 24 * 60 * 60_000;

/** One history of the user's files, seen three ways: what changed is told in the words of its kind of file. */
export class FileHistories {
  readonly talosconfig: History;
  readonly kubeconfig: History;
  readonly machineConfig: History;
  /** For files whose kind is not known: it makes no differences. */
  readonly #plain: History;

  constructor({ texts, seal, days, ...shared }: FileHistoriesOptions) {
    const told = (diff: NonNullable<HistoryOptions['diff']>): History =>
      new History({
        ...shared,
        diff,
        get seal() {
          return seal();
        },
        get maxAgeMs() {
          return days() * DAY_MS;
        },
      });
    this.talosconfig = told(texts.diff);
    this.kubeconfig = told(texts.diffKubeconfig);
    this.machineConfig = told(texts.maskedDiff);
    this.#plain = told(() => []);
  }

  /** Where another program's version of a file is kept. */
  keeperOf(
    path: string,
    known: { readonly talosconfigs: readonly string[]; readonly kubeconfigs: readonly string[] },
  ): KeepOther {
    if (known.kubeconfigs.includes(path)) return this.kubeconfig.keepOther;
    return (known.talosconfigs.includes(path) ? this.talosconfig : this.#plain).keepOther;
  }
}
