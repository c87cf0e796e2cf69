import { markedPlace } from '../../files/own/settings-schema.ts';
import { Failed } from '../../lib/failed.ts';
import { marksReader, marksWith, type Mark, type MarkedContext, type MarksSource } from './marks.ts';

/** What the marks are kept in. */
export interface ProductionMarksOptions extends MarksSource {
  /** Called when other contexts are marked than before. */
  readonly onChange: () => void;
}

/**
 * Clusters that the user marked as production, kept in Minos's own settings. A mark holds for every context with the CA of
 * the one that was marked, in any file and under any name; and for the context at that place (file and name), so that it
 * stays when the CA is replaced or was none.
 */
export class ProductionMarks {
  /** Reads the settings, once; after a failure again in a while. Never rejects. */
  readonly load: () => Promise<void>;
  readonly #options: ProductionMarksOptions;
  #marks: readonly Mark[] = [];
  #authorities: ReadonlySet<string> = new Set();
  #places: ReadonlySet<string> = new Set();

  constructor(options: ProductionMarksOptions) {
    this.#options = options;
    this.load = marksReader(options, {
      failed: 'the production marks cannot be read',
      take: ({ settings: { production } }) => this.#take(production),
    });
  }

  /** Whether a context is marked, by its CA or by its place. */
  has(context: MarkedContext): boolean {
    return context.caFingerprints.some((one) => this.#authorities.has(one)) || this.#places.has(markedPlace(context));
  }

  /**
   * Marks the cluster of a context, or takes the mark from it: then from every context with the same CA. A context that is
   * marked again stays marked for the CA it had before, too. Throws Failed when the settings cannot be read or written, and
   * `too-large` when they cannot hold one more mark; then nothing has changed.
   */
  async set(context: MarkedContext, isProduction: boolean): Promise<void> {
    const { production } = await this.#options.settings.update((settings) => ({
      ...settings,
      production: marksWith(settings.production, context, isProduction),
    }));
    this.#take(production);
  }

  /** Keeps the mark of a context that got another name. Throws Failed like {@link set}. */
  async renamed(context: MarkedContext, to: string): Promise<void> {
    if (!this.has(context)) return;
    try {
      await this.set({ ...context, name: to }, true);
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      const message = `The context was renamed, but its production mark could not be kept: ${error.failure.message}`;
      throw new Failed({ ...error.failure, message }, error);
    }
  }

  #take(marks: readonly Mark[]): void {
    if (marks.length === 0 && this.#marks.length === 0) return;
    this.#marks = marks;
    this.#authorities = new Set(marks.flatMap(({ authorities }) => authorities));
    this.#places = new Set(marks.map(markedPlace));
    this.#options.onChange();
  }
}
