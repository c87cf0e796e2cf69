import * as v from 'valibot';
import { systemClock, type Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import { readOwnFile } from './own-file.ts';
import { keepBrokenFile, replaceOwnFile } from './replace-own-file.ts';

/** The newest form that this Minos writes. */
const VERSION = 1;

/** What an {@link OwnList} is made of. */
export interface OwnListOptions<T> {
  readonly path: string;
  /** As the list is called in the file, such as `schedules`. */
  readonly name: string;
  /** What it is in the words of the log, such as `the schedules of snapshots`. */
  readonly words: string;
  readonly entry: v.GenericSchema<unknown, T>;
  readonly mostBytes: number;
  readonly log: Log;
  /** Names copies. */
  readonly clock?: Clock;
}

/**
 * A list in a small JSON file of Minos's own. What is broken in it loses only itself, and the file is kept under another name before it is
 * overwritten; one of a newer Minos is never overwritten.
 */
export class OwnList<T> {
  readonly #options: OwnListOptions<T>;
  #isBroken = false;
  #isNewer = false;

  constructor(options: OwnListOptions<T>) {
    this.#options = options;
  }

  /** What the file holds; nothing where there is none, or none that can be read, which is logged. Never rejects. */
  async read(): Promise<readonly T[]> {
    const { path, name, words, entry, mostBytes, log } = this.#options;
    [this.#isBroken, this.#isNewer] = [false, false];
    try {
      const { version, [name]: list } = v.parse(
        v.record(v.string(), v.unknown()),
        JSON.parse((await readOwnFile(path, mostBytes)).toString('utf8')),
      );
      this.#isNewer = typeof version === 'number' && version > VERSION;
      if (this.#isNewer) throw this.#newer();
      const entries = Array.isArray(list) ? (list as readonly unknown[]) : [];
      const read = entries.filter((one): one is T => v.is(entry, one));
      this.#isBroken = version !== VERSION || !Array.isArray(list) || read.length < entries.length;
      if (this.#isBroken) log.write('warn', `a part of ${words} cannot be read and is left out`, { file: path });
      return read;
    } catch (error) {
      if (error instanceof Failed && error.failure.code === 'file-missing') return [];
      this.#isBroken = !this.#isNewer;
      log.write('warn', `${words} cannot be read`, { error });
      return [];
    }
  }

  /** Writes all of it. Throws Failed: what writing throws, and `file-invalid` for the file of a newer Minos; then nothing has changed. */
  async write(list: readonly T[]): Promise<void> {
    const { path, name, words, log, clock = systemClock } = this.#options;
    if (this.#isNewer) throw this.#newer();
    if (this.#isBroken) {
      const kept = await keepBrokenFile(path, clock.now()).catch(ifMovedAway);
      if (kept !== undefined) log.write('warn', `${words} were broken; they are kept`, { kept });
    }
    await replaceOwnFile(path, `${JSON.stringify({ version: VERSION, [name]: list }, null, 1)}\n`);
    this.#isBroken = false;
  }

  #newer(): Failed {
    return new Failed({
      code: 'file-invalid',
      message: `A newer Minos wrote ${this.#options.words}, so this one does not change them.`,
      hint: 'Update Minos; or move the file away and start Minos again, which then knows none.',
      where: { file: this.#options.path },
    });
  }
}

/** Its owner took it away meanwhile: nothing is overwritten. */
function ifMovedAway(error: unknown): undefined {
  if (!(error instanceof Failed) || error.failure.code !== 'file-missing') throw error;
}
