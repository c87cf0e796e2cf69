import { VERSION_DAYS, type KeepDays, type MainSettings } from '../../../preload/contract/index.ts';
import { DEFAULT_CHOICES, type Settings, type SettingsFile } from '../../files/settings.ts';
import type { Log } from '../../lib/log.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import type { Ask } from '../confirm.ts';
import { fewerDeedsQuestion, shorterQuestion } from './shorter-question.ts';

/** What {@link Choices} keeps: the rest of what main goes by is kept by those whom it is about. */
export type Chosen = Pick<MainSettings, 'nodesAtOnce' | 'versionDays' | 'isTellingExpiry' | 'isLookingForUpdates'>;

/** What {@link Choices} work with. */
export interface ChoicesOptions {
  readonly settings: Pick<SettingsFile, 'readAll' | 'update'>;
  readonly log: Log;
  readonly ask: Ask;
  /** Removes old versions of files that are older than they are kept now. */
  readonly expire: () => Promise<void>;
}

/** What the user chose for all of main, kept in Minos's own settings. */
export class Choices {
  readonly #options: ChoicesOptions;
  readonly #chosen = new Value<Chosen>(DEFAULT_CHOICES);
  /** Whether it was read, or chosen, for how many days old versions are kept. */
  #areDaysKnown = false;

  constructor(options: ChoicesOptions) {
    this.#options = options;
  }

  /** What is chosen now; tells of each change. */
  get chosen(): Observable<Chosen> {
    return this.#chosen;
  }

  /**
   * For how many days old versions of files are kept now. As long as it is not known what was chosen, it is the longest that can be:
   * settings that cannot be read, or were not read yet, take no version away.
   */
  get versionDays(): number {
    return this.#areDaysKnown ? this.#chosen.current.versionDays : Math.max(...VERSION_DAYS);
  }

  /** Reads the settings. Never rejects: what cannot be read is as if nothing were chosen, but for {@link versionDays}. */
  async load(): Promise<void> {
    const { settings, log } = this.#options;
    await settings.readAll().then(
      ({ settings: read, problems }) => this.#take(read, problems.length === 0),
      (error: unknown) => log.write('warn', 'what was chosen in the settings cannot be read', { error }),
    );
  }

  /**
   * Goes by these from now on; versions that are older than they are kept now go at once. Throws Failed `cancelled` where old versions
   * would go sooner and the user does not confirm it, and when the settings cannot be written; then nothing has changed.
   */
  async change(wanted: Partial<Chosen>): Promise<void> {
    const { settings, ask, expire, log } = this.#options;
    const { versionDays } = this;
    if (wanted.versionDays !== undefined && wanted.versionDays < versionDays) {
      await ask(shorterQuestion(versionDays, wanted.versionDays));
    }
    this.#take(await settings.update((old) => ({ ...old, choices: { ...old.choices, ...wanted } })));
    if (this.versionDays >= versionDays) return;
    // They hold keys, and it was said that they go. What is left goes at the next start.
    await expire().catch((error: unknown) => log.write('warn', 'not all old versions could be removed', { error }));
  }

  /** Asks before what was done to machines is kept for fewer days; `older` deeds go at once. Throws Failed `cancelled` when it may not. */
  async mayKeepDeedsFor(from: KeepDays, to: KeepDays, older: number): Promise<void> {
    if (to < from) await this.#options.ask(fewerDeedsQuestion(from, to, older));
  }

  #take({ choices }: Pick<Settings, 'choices'>, isWhole = false): void {
    this.#areDaysKnown ||= isWhole || choices.versionDays !== undefined;
    this.#chosen.set({ ...DEFAULT_CHOICES, ...choices });
  }
}
