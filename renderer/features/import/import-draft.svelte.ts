import type {
  Failure,
  ImportAction,
  ImportChoice,
  ImportPlan,
  ImportPreview,
  ImportRow,
  ImportStep,
  Outcome,
  WrittenChange,
} from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import { CLASS_ORDER } from './import-words.ts';

/**
 * What the user decides about one import, and what main says it would change. The plan follows every decision; one is
 * asked for at a time, and the newest decision counts.
 */
export class ImportDraft {
  readonly preview: ImportPreview;
  /** What needs a decision first. */
  readonly rows: readonly ImportRow[];
  #choices = $state.raw<ReadonlyMap<string, ImportChoice>>(new Map());
  #switchCurrent = $state(false);
  #asTalosctl = $state(false);
  #plan = $state.raw<ImportPlan | undefined>(undefined);
  #failure = $state.raw<Failure | undefined>(undefined);
  #isPlanning = $state(false);
  #isWriting = $state(false);
  #isStale = false;
  readonly #client: Client;

  constructor(client: Client, preview: ImportPreview) {
    this.#client = client;
    this.preview = preview;
    this.rows = [...preview.rows].sort((a, b) => CLASS_ORDER.indexOf(a.class) - CLASS_ORDER.indexOf(b.class));
    void this.replan();
  }

  /** What would change; of the decision before while {@link isPlanning}. */
  get plan(): ImportPlan | undefined {
    return this.#plan;
  }

  /** Why the decisions cannot be done, or why writing failed. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  get isPlanning(): boolean {
    return this.#isPlanning;
  }

  get isWriting(): boolean {
    return this.#isWriting;
  }

  /** True when the plan shown is what would be written. */
  readonly isReady: boolean = $derived(
    this.#plan !== undefined && this.#failure === undefined && !this.#isPlanning && !this.#isWriting,
  );

  readonly changesNothing: boolean = $derived(
    this.#plan !== undefined &&
      !this.#plan.switchesCurrent &&
      this.#plan.steps.every(({ action }) => action === 'skip'),
  );

  get switchCurrent(): boolean {
    return this.#switchCurrent;
  }

  set switchCurrent(isOn: boolean) {
    this.#switchCurrent = isOn;
    void this.replan();
  }

  /** Exactly as `talosctl config merge` would: decisions do not count then. */
  get asTalosctl(): boolean {
    return this.#asTalosctl;
  }

  set asTalosctl(isOn: boolean) {
    this.#asTalosctl = isOn;
    void this.replan();
  }

  choiceOf(row: ImportRow): ImportChoice {
    return this.#choices.get(row.id) ?? { id: row.id, action: row.byDefault };
  }

  /** What happens to a row by the plan; undefined when it cannot be imported at all. */
  stepOf(row: ImportRow): ImportStep | undefined {
    return this.#plan?.steps.find(({ id }) => id === row.id);
  }

  /** Why the decision for this row cannot be done. */
  problemOf(row: ImportRow): string | undefined {
    const isAbout = this.#failure?.code === 'invalid' && this.#failure.where?.context === row.incoming.name;
    return isAbout && this.choiceOf(row).action !== 'skip' ? this.#failure?.message : undefined;
  }

  choose(row: ImportRow, action: ImportAction, name?: string): void {
    const choice = { id: row.id, action, ...(action === 'rename' && { name: name ?? row.incoming.name }) };
    this.#choices = new Map(this.#choices).set(row.id, choice);
    void this.replan();
  }

  /** Every row as the class suggests. */
  reset(): void {
    this.#choices = new Map();
    this.#switchCurrent = false;
    this.#asTalosctl = false;
    void this.replan();
  }

  /** Asks for the plan; decisions made meanwhile are asked for right after. */
  async replan(): Promise<void> {
    if (this.#isPlanning) {
      this.#isStale = true;
      return;
    }
    this.#isPlanning = true;
    do {
      this.#isStale = false;
      const nameless = this.#asTalosctl ? undefined : this.#nameless();
      const outcome = nameless ?? (await this.#client.call('import.plan', this.#wish()));
      if (this.#isStale) continue;
      if (outcome.ok) this.#plan = outcome.value;
      this.#failure = outcome.ok ? undefined : outcome.failure;
    } while (this.#isStale);
    this.#isPlanning = false;
  }

  /** Writes the plan shown. */
  async apply(): Promise<Outcome<WrittenChange> | undefined> {
    const plan = this.#plan;
    if (!plan || !this.isReady || this.changesNothing) return undefined;
    this.#isWriting = true;
    const outcome = await this.#client.call('plans.apply', { token: plan.token });
    this.#isWriting = false;
    if (!outcome.ok && outcome.failure.code !== 'cancelled') this.#failure = outcome.failure;
    return outcome;
  }

  /** The bridge takes no empty name, so it is refused here. */
  #nameless(): Outcome<ImportPlan> | undefined {
    const row = this.rows.find(({ id }) => this.#choices.get(id)?.name === '');
    if (!row) return undefined;
    const message = `“${row.incoming.name}” needs a new name.`;
    const where = { context: row.incoming.name };
    return { ok: false, failure: { code: 'invalid', message, where, retry: 'never', traceId: 'page' } };
  }

  #wish() {
    return {
      token: this.preview.token,
      choices: [...this.#choices.values()].map(({ id, action, name }) => ({
        id,
        action,
        ...(name !== undefined && { name }),
      })),
      switchCurrent: this.#switchCurrent,
      asTalosctl: this.#asTalosctl,
    };
  }
}
