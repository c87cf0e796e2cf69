import type { TalosconfigReason } from '../../../preload/contract/index.ts';
import { credentialsStamp } from '../../credentials/credentials-stamp.ts';
import type { ReadContext } from './context-reading.ts';

/** `--endpoints` of the command line that Minos was started with. */
export interface StartWish {
  /** As written; each can be dialled. Without any, nothing is wished. */
  readonly endpoints: readonly string[];
  /** `--context` of the same command line; the file's own current context when missing. */
  readonly context?: string;
}

/** The talosconfig in use, as it was read now. */
interface FileInUse {
  readonly choice: { readonly path: string; readonly reason: TalosconfigReason };
  readonly contexts: readonly ReadContext[];
  /** `context:` of the file. */
  readonly current: string;
}

/** Which context is meant, as it was read last. */
interface Bound {
  readonly reading: ReadContext;
  readonly id: string;
}

/**
 * The endpoints of the command line, as talosctl means them: one context of the talosconfig in use is dialled over these instead of
 * those of its file, for as long as Minos runs or until {@link end}. Which one is decided by the first reading that has contexts. What the file
 * says stays as it is in every reading, so nothing that writes files sees them.
 */
export class StartEndpoints {
  readonly #endpoints: readonly string[];
  /** Not decided yet. */
  #wish: StartWish | undefined;
  #bound: Bound | undefined;
  /** Contexts of its file at the last reading that had some. */
  #known: ReadonlySet<string> = new Set();
  /** The same reading stays the same: whoever follows it sees that nothing changed. */
  readonly #applied = new WeakMap<ReadContext, ReadContext>();

  constructor(wish: StartWish | undefined) {
    this.#endpoints = wish?.endpoints ?? [];
    if (this.#endpoints.length > 0) this.#wish = wish;
  }

  /** The contexts of all open files as they are dialled. */
  applied(contexts: readonly ReadContext[], inUse: FileInUse): readonly ReadContext[] {
    this.#decide(inUse);
    const now = this.#follow(contexts);
    return now === undefined ? contexts : contexts.map((reading) => (reading === now ? this.#with(reading) : reading));
  }

  /** This context goes by its file from now on. */
  end(id: string): void {
    if (this.#bound?.id === id) this.#bound = undefined;
  }

  #decide({ choice, contexts, current }: FileInUse): void {
    // What the command line means is a cluster of the user's, which the demo may have a name of.
    if (this.#wish === undefined || contexts.length === 0 || choice.reason === 'demo') return;
    const { context: name = current } = this.#wish;
    this.#wish = undefined;
    const reading = contexts.find(({ raw }) => raw.name === name);
    this.#bound = reading && { reading, id: reading.summary.id };
  }

  /** The context that is meant as it is read now. Undefined while it is in no reading, and for good once it leads to another cluster. */
  #follow(contexts: readonly ReadContext[]): ReadContext | undefined {
    const before = this.#bound;
    if (before === undefined) return undefined;
    const ofFile = contexts.filter(({ summary }) => summary.file === before.reading.summary.file);
    // Nothing is known of a file that cannot be read: what it had before is what it had.
    if (ofFile.length === 0) return undefined;
    const known = this.#known;
    this.#known = new Set(ofFile.map(({ summary }) => summary.id));
    const now =
      ofFile.find(({ summary }) => summary.id === before.id) ??
      ofFile.find((reading) => !known.has(reading.summary.id) && isRenamed(before.reading, reading));
    if (now === undefined) return undefined;
    this.#bound = isSameCluster(before.reading, now) ? { reading: now, id: now.summary.id } : undefined;
    return this.#bound?.reading;
  }

  #with(reading: ReadContext): ReadContext {
    const known = this.#applied.get(reading);
    if (known !== undefined) return known;
    const { raw, summary, identityForEndpoints } = reading;
    const identity = reading.identity ?? identityForEndpoints;
    const applied: ReadContext = {
      ...reading,
      ...(identity && { identity }),
      summary: {
        ...summary,
        startEndpoints: this.#endpoints,
        problems: raw.endpoints.length > 0 ? summary.problems : summary.problems.filter(isOfOther),
        isUsable: identity !== undefined,
      },
    };
    this.#applied.set(reading, applied);
    return applied;
  }
}

const isOfOther = ({ field }: { readonly field?: string }): boolean => field !== 'endpoints';

/** One that was not there before, and is the same in all but its name. */
const isRenamed = (before: ReadContext, now: ReadContext): boolean =>
  credentialsStamp(before.raw) === credentialsStamp(now.raw) &&
  before.raw.endpoints.join() === now.raw.endpoints.join();

/** Signed by an authority that signed it before; while authorities are rotated, there are two. */
function isSameCluster({ summary: before }: ReadContext, { summary: now }: ReadContext): boolean {
  const [was, is] = [before.caFingerprints, now.caFingerprints];
  return was.length === 0 ? is.length === 0 : was.some((authority) => is.includes(authority));
}
