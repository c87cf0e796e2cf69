import type { ContextSummary } from '../../../preload/contract/index.ts';
import { MAX_ATTENTION_TOLD, MAX_MUTES, type Settings, type SettingsFile } from '../../files/settings.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { Value, type Observable } from '../../lib/observable.ts';

/** What says which cluster an item is of. */
type MutedCluster = Pick<ContextSummary, 'caFingerprints'>;

type Chosen = Pick<Settings, 'mutes' | 'isNotifying'>;

/** What {@link AttentionChoices} are kept in. */
export interface AttentionChoicesOptions {
  readonly settings: SettingsFile;
  readonly clock: Clock;
  readonly log: Log;
  /** A context as its file has it. Throws Failed `not-found`. */
  readonly context: (id: string) => MutedCluster;
}

/**
 * What the user wants to be told of: items that are muted, by the authority of their cluster whatever its contexts are called,
 * and whether the desktop shows notices. Kept in Minos's own settings.
 */
export class AttentionChoices {
  readonly #options: AttentionChoicesOptions;
  readonly #chosen = new Value<Chosen>({ mutes: [], isNotifying: false });
  #told: Settings['attentionTold'] = [];

  constructor(options: AttentionChoicesOptions) {
    this.#options = options;
  }

  /** What is chosen now; tells of each change. */
  get chosen(): Observable<Chosen> {
    return this.#chosen;
  }

  /** Reads the settings. Never rejects: what cannot be read is as if nothing were chosen. */
  async load(): Promise<void> {
    const { settings, log } = this.#options;
    await settings.read().then(
      (read) => {
        this.#take(read);
        this.#told = read.attentionTold;
      },
      (error: unknown) => log.write('warn', 'what is muted cannot be read', { error }),
    );
  }

  /** Until when an item of a cluster is muted; undefined when it is not. */
  mutedUntil({ caFingerprints }: MutedCluster, id: string, nowMs: number): number | undefined {
    return this.#chosen.current.mutes.find(
      (mute) =>
        mute.id === id &&
        mute.untilMs > nowMs &&
        mute.authorities.some((authority) => caFingerprints.includes(authority)),
    )?.untilMs;
  }

  /** Keeps an item of a context's cluster quiet. Throws Failed `not-found`, and when the settings cannot be written. */
  mute(context: string, id: string, untilMs: number): Promise<void> {
    const { caFingerprints } = this.#options.context(context);
    const fresh = { authorities: [...caFingerprints], id, untilMs };
    return this.#update((old) => [...this.#others(old, caFingerprints, id), fresh].slice(-MAX_MUTES));
  }

  /** Lets it be told again. Throws as {@link mute}. */
  unmute(context: string, id: string): Promise<void> {
    const { caFingerprints } = this.#options.context(context);
    return this.#update((old) => this.#others(old, caFingerprints, id));
  }

  /** Whether the desktop shows serious items. Throws Failed when the settings cannot be written. */
  async notify(isOn: boolean): Promise<void> {
    this.#take(await this.#options.settings.update((settings) => ({ ...settings, isNotifying: isOn })));
  }

  /** Serious items that the desktop has told of and that lasted when they were looked at last, the oldest first. */
  get told(): Settings['attentionTold'] {
    return this.#told;
  }

  /** Remembers these instead, the newest of them. Never rejects: what cannot be written is told of again after a restart. */
  async keepTold(told: Settings['attentionTold']): Promise<void> {
    const { settings, log } = this.#options;
    const attentionTold = told.slice(-MAX_ATTENTION_TOLD);
    this.#told = attentionTold;
    await settings
      .update((old) => ({ ...old, attentionTold }))
      .catch((error: unknown) => log.write('warn', 'what was told of cannot be remembered', { error }));
  }

  async #update(change: (mutes: Settings['mutes']) => Settings['mutes']): Promise<void> {
    this.#take(await this.#options.settings.update((settings) => ({ ...settings, mutes: change(settings.mutes) })));
  }

  /** Without those that are over. */
  #others(mutes: Settings['mutes'], authorities: readonly string[], id: string): Settings['mutes'] {
    const nowMs = this.#options.clock.now();
    const isMeant = (mute: Settings['mutes'][number]): boolean =>
      mute.id === id && mute.authorities.some((one) => authorities.includes(one));
    return mutes.filter((mute) => mute.untilMs > nowMs && !isMeant(mute));
  }

  #take({ mutes, isNotifying }: Chosen): void {
    this.#chosen.set({ mutes, isNotifying });
  }
}
