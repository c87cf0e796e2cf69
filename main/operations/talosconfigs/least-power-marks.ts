import type { ContextSummary } from '../../../preload/contract/index.ts';
import type { Ask } from '../confirm.ts';
import { quoted } from '../quoted.ts';
import { marksContext, marksReader, marksWith, type Mark, type MarkedContext, type MarksSource } from './marks.ts';

/** What the marks are kept in. */
export interface LeastPowerMarksOptions extends MarksSource {
  readonly ask: Ask;
  /** Called when other contexts are marked than before. */
  readonly onChange: () => void;
}

/**
 * Clusters that are read by a short certificate of os:reader, kept in Minos's own settings. As a production mark, it holds for every context
 * with the CA of the one it was set for, in any file and under any name, and for the context at that place.
 */
export class LeastPowerMarks {
  /** Reads the settings, once; after a failure again in a while. Never rejects. */
  readonly load: () => Promise<void>;
  readonly #options: LeastPowerMarksOptions;
  #marks: readonly Mark[] = [];
  /** The settings that said it cannot be read. */
  #isLost = false;
  /** Of which it was said since then. */
  #said: readonly Mark[] = [];

  constructor(options: LeastPowerMarksOptions) {
    this.#options = options;
    this.load = marksReader(options, {
      failed: 'it cannot be read which contexts are read by os:reader',
      take: ({ settings: { leastPower = [] }, problems, isLost }) =>
        this.#take(leastPower, isLost === true || problems.some((problem) => problem.startsWith('leastPower'))),
      fail: () => this.#take(this.#marks, true),
    });
  }

  /** Whether a context is read so; undefined where the settings that say it cannot be read. One that has os:reader alone cannot do less. */
  has(context: MarkedContext & Pick<ContextSummary, 'certificate'>): boolean | undefined {
    const { roles = [] } = context.certificate ?? {};
    if (roles.every((role) => role === 'os:reader')) return false;
    const isOf = (mark: Mark): boolean => marksContext(mark, context);
    return this.#marks.some(isOf) || (this.#isLost && !this.#said.some(isOf) ? undefined : false);
  }

  /** Throws Failed when the settings cannot be read or written; then nothing has changed. */
  async set(context: MarkedContext, isLeast: boolean): Promise<void> {
    const { leastPower = [] } = await this.#options.settings.update((settings) => ({
      ...settings,
      leastPower: marksWith(settings.leastPower ?? [], context, isLeast),
    }));
    this.#said = marksWith(this.#said, context, true);
    // Of others it is as it was: what could not be read was kept beside the new settings.
    this.#take(leastPower, this.#isLost);
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

  #take(marks: readonly Mark[], isLost: boolean): void {
    if (marks.length === 0 && this.#marks.length === 0 && !isLost && !this.#isLost) return;
    this.#marks = marks;
    this.#isLost = isLost;
    this.#options.onChange();
  }
}
