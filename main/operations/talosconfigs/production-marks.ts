import type { ContextSummary } from '../../../preload/contract/index.ts';
import type { Settings, SettingsFile } from '../../files/settings.ts';
import { MAX_PRODUCTION } from '../../files/own/settings-schema.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';

/** How long after a failure the settings are read again. */
const RETRY_MS = 5_000;

/** What says which cluster a context is of, and where the context stands. */
export type MarkedContext = Pick<ContextSummary, 'file' | 'name' | 'caFingerprints'>;

type Mark = Settings['production'][number];

/** What the marks are kept in. */
export interface ProductionMarksOptions {
  readonly settings: SettingsFile;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when other contexts are marked than before. */
  readonly onChange: () => void;
}

/**
 * Clusters that the user marked as production, kept in Minos's own settings. A mark holds for every context with the CA of
 * the one that was marked, in any file and under any name; and for the context at that place (file and name), so that it
 * stays when the CA is replaced or was none.
 */
export class ProductionMarks {
  readonly #options: ProductionMarksOptions;
  #marks: readonly Mark[] = [];
  #authorities: ReadonlySet<string> = new Set();
  #places: ReadonlySet<string> = new Set();
  #loading: Promise<void> | undefined;

  constructor(options: ProductionMarksOptions) {
    this.#options = options;
  }

  /** Reads the settings, once; after a failure again in a while. Never rejects. */
  load(): Promise<void> {
    const { settings, clock, log } = this.#options;
    return (this.#loading ??= settings.read().then(
      ({ production }) => this.#take(production),
      (error: unknown) => {
        log.write('warn', 'the production marks cannot be read', { error });
        clock.after(RETRY_MS, () => {
          this.#loading = undefined;
          void this.load();
        });
      },
    ));
  }

  /** Whether a context is marked, by its CA or by its place. */
  has(context: MarkedContext): boolean {
    return context.caFingerprints.some((one) => this.#authorities.has(one)) || this.#places.has(placeOf(context));
  }

  /**
   * Marks the cluster of a context, or takes the mark from it: then from every context with the same CA. Throws Failed when
   * the settings cannot be read or written; then nothing has changed.
   */
  async set(context: MarkedContext, isProduction: boolean): Promise<void> {
    const { file, name, caFingerprints } = context;
    const { production } = await this.#options.settings.update((settings) => {
      const others = settings.production.filter((mark) =>
        isProduction ? placeOf(mark) !== placeOf(context) : !isMeant(mark, context),
      );
      const mark = { authorities: [...caFingerprints], file, name };
      return { ...settings, production: (isProduction ? [...others, mark] : others).slice(-MAX_PRODUCTION) };
    });
    this.#take(production);
  }

  #take(marks: readonly Mark[]): void {
    if (marks.length === 0 && this.#marks.length === 0) return;
    this.#marks = marks;
    this.#authorities = new Set(marks.flatMap(({ authorities }) => authorities));
    this.#places = new Set(marks.map(placeOf));
    this.#options.onChange();
  }
}

const placeOf = ({ file, name }: Pick<Mark, 'file' | 'name'>): string => `${file}\0${name}`;

function isMeant(mark: Mark, context: MarkedContext): boolean {
  return placeOf(mark) === placeOf(context) || mark.authorities.some((one) => context.caFingerprints.includes(one));
}
