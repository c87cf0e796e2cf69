import type { MainSettings } from '../../../preload/contract/index.ts';
import { DEFAULT_CHOICES, type Settings, type SettingsFile } from '../../files/settings.ts';
import type { Log } from '../../lib/log.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import type { Ask } from '../confirm.ts';
import { shorterQuestion } from './shorter-question.ts';

/** What {@link Choices} keeps: the rest of what main goes by is kept by those whom it is about. */
export type Chosen = Pick<MainSettings, 'nodesAtOnce' | 'versionDays' | 'isTellingExpiry'>;

/** What {@link Choices} work with. */
export interface ChoicesOptions {
  readonly settings: Pick<SettingsFile, 'read' | 'update'>;
  readonly log: Log;
  readonly ask: Ask;
}

/** What the user chose for all of main, kept in Minos's own settings. */
export class Choices {
  readonly #options: ChoicesOptions;
  readonly #chosen = new Value<Chosen>(DEFAULT_CHOICES);

  constructor(options: ChoicesOptions) {
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
      (read) => this.#take(read),
      (error: unknown) => log.write('warn', 'what was chosen in the settings cannot be read', { error }),
    );
  }

  /**
   * Goes by these from now on. Throws Failed `cancelled` where old versions would go sooner and the user does not confirm it, and
   * when the settings cannot be written; then nothing has changed.
   */
  async change(wanted: Partial<Chosen>): Promise<void> {
    const { settings, ask } = this.#options;
    const { versionDays } = this.#chosen.current;
    if (wanted.versionDays !== undefined && wanted.versionDays < versionDays) {
      await ask(shorterQuestion(versionDays, wanted.versionDays));
    }
    this.#take(await settings.update((old) => ({ ...old, choices: { ...old.choices, ...wanted } })));
  }

  #take({ choices }: Pick<Settings, 'choices'>): void {
    this.#chosen.set({ ...DEFAULT_CHOICES, ...choices });
  }
}
