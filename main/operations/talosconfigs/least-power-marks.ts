import type { ContextSummary } from '../../../preload/contract/index.ts';
import type { Settings, SettingsFile } from '../../files/settings.ts';
import { markedPlace } from '../../files/own/settings-schema.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Ask } from '../confirm.ts';
import { quoted } from '../quoted.ts';
import type { MarkedContext } from './production-marks.ts';

type Mark = NonNullable<Settings['leastPower']>[number];

/** How long after a failure the settings are read again. */
const RETRY_MS = 5_000;

/** What the marks are kept in. */
export interface LeastPowerMarksOptions {
  readonly settings: Pick<SettingsFile, 'read' | 'update'>;
  readonly ask: Ask;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when other contexts are marked than before. */
  readonly onChange: () => void;
}

/**
 * Clusters that are read by a short certificate of os:reader, kept in Minos's own settings. As a production mark, it holds for every context
 * with the CA of the one it was set for, in any file and under any name, and for the context at that place.
 */
export class LeastPowerMarks {
  readonly #options: LeastPowerMarksOptions;
  #marks: readonly Mark[] = [];
  #loading: Promise<void> | undefined;

  constructor(options: LeastPowerMarksOptions) {
    this.#options = options;
  }

  /** Reads the settings, once; after a failure again in a while. Never rejects. */
  load(): Promise<void> {
    const { settings, clock, log } = this.#options;
    return (this.#loading ??= settings.read().then(
      ({ leastPower = [] }) => this.#take(leastPower),
      (error: unknown) => {
        log.write('warn', 'it cannot be read which contexts are read by os:reader', { error });
        clock.after(RETRY_MS, () => {
          this.#loading = undefined;
          void this.load();
        });
      },
    ));
  }

  /** Whether a context is read so. One that has os:reader alone cannot do less. */
  has(context: MarkedContext & Pick<ContextSummary, 'certificate'>): boolean {
    const { roles = [] } = context.certificate ?? {};
    return roles.some((role) => role !== 'os:reader') && this.#marks.some((mark) => isOf(mark, context));
  }

  /** Throws Failed when the settings cannot be read or written; then nothing has changed. */
  async set({ file, name, caFingerprints }: MarkedContext, isLeast: boolean): Promise<void> {
    const context = { file, name, caFingerprints };
    const { leastPower = [] } = await this.#options.settings.update((settings) => {
      const others = (settings.leastPower ?? []).filter((mark) => !isOf(mark, context));
      const mark = { authorities: [...caFingerprints], file, name };
      return { ...settings, leastPower: isLeast ? [...others, mark] : others };
    });
    this.#take(leastPower);
  }

  /** Asks whether a context may be read by the certificate of its file for a while. Throws Failed `cancelled` when it may not. */
  async mayLift({ name, file }: MarkedContext, signal: AbortSignal): Promise<void> {
    await this.#options.ask(
      {
        title: `Lift least power of ${name}?`,
        facts: [
          `The context ${quoted(name)} of ${file} is read by the certificate of its file for five minutes.`,
          'What needs more than os:reader can be read meanwhile, also secrets. Afterwards it is read by os:reader again.',
        ],
        deed: 'Lift it for five minutes',
        isDestructive: false,
      },
      signal,
    );
  }

  #take(marks: readonly Mark[]): void {
    if (marks.length === 0 && this.#marks.length === 0) return;
    this.#marks = marks;
    this.#options.onChange();
  }
}

const isOf = (mark: Mark, context: MarkedContext): boolean =>
  markedPlace(mark) === markedPlace(context) || mark.authorities.some((one) => context.caFingerprints.includes(one));
