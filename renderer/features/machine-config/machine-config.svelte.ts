import {
  patchesIn,
  type ConfigEditProblem,
  type ConfigHelp,
  type ConfigMode,
  type ConfigVerdict,
  type EditedConfig,
  type Failure,
  type KeptBefore,
  type OpenedConfig,
  type Outcome,
  type PatchedConfig,
} from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import type { Session } from '../../state/context.ts';
import type { Filling } from '../../state/view.svelte.ts';
import { sessionPart } from '../../state/session-part.ts';

/** What is shown of a config. */
export type ConfigTab = 'config' | 'edit' | 'patch' | 'check' | 'apply' | 'before' | 'compare';

/** A deed on machine configs, as `Filling` has it. */
export type ConfigDeed = Pick<Filling, 'nodes' | 'params'>;

/** What a check found, and what was asked. */
export interface CheckedConfig {
  readonly mode: ConfigMode;
  readonly verdicts: readonly ConfigVerdict[];
}

/** From the last key to the question what is wrong. */
const JUDGE_AFTER_MS = 250;

/** The machine config that a window looks at. Its secrets are in main; at most one is here, while it is shown. */
export class ConfigView {
  tab = $state<ConfigTab>('config');
  opened = $state.raw<OpenedConfig | undefined>();
  failure = $state.raw<Failure | undefined>();
  isReading = $state(false);
  /** The one secret that is shown. */
  revealed = $state.raw<{ readonly secret: number; readonly value: string } | undefined>();
  patch = $state('');
  patched = $state.raw<PatchedConfig | undefined>();
  patchFailure = $state.raw<Failure | undefined>();
  mode = $state<ConfigMode>('metal');
  isStrict = $state(false);
  checked = $state.raw<CheckedConfig | undefined>();
  checkFailure = $state.raw<Failure | undefined>();
  /** The masked text as it was edited. */
  edited = $state.raw('');
  /** What was asked for while the edits would be lost with it. */
  #pending = $state.raw<(() => Promise<void>) | undefined>();
  /** What is wrong with it; undefined while that is looked for. */
  problems = $state.raw<readonly ConfigEditProblem[] | undefined>();
  /** What it would change. */
  changed = $state.raw<EditedConfig | undefined>();
  editFailure = $state.raw<Failure | undefined>();
  /** What may stand in a config; undefined until it was asked for. */
  help = $state.raw<ConfigHelp | undefined>();
  #judging: ReturnType<typeof setTimeout> | undefined;
  /** A line of talosctl asked for a config to be applied: once its file is chosen, the plan is made. */
  applying = $state.raw<ConfigDeed | undefined>();
  /** Configs of the node that deeds replaced. */
  before = $state.raw<readonly KeptBefore[] | undefined>();
  beforeFailure = $state.raw<Failure | undefined>();
  /** What could not be shown, asked for again. */
  #again: (() => Promise<void>) | undefined;
  readonly #client: Client;
  readonly #changes: Session['changes'];
  #asked = 0;
  #wanted = 0;

  constructor({ client, changes }: Pick<Session, 'client' | 'changes'>) {
    this.#client = client;
    this.#changes = changes;
  }

  /** Asks for a file and shows it. */
  openFile(): Promise<void> {
    return this.#unlessEdited(() => this.#show(() => this.#client.call('machineConfig.open', {})));
  }

  /** Shows a file that was dropped. */
  openDropped(token: string): Promise<void> {
    return this.#unlessEdited(() => this.#show(() => this.#client.call('machineConfig.openDropped', { token })));
  }

  /** Something else was asked for, and waits: the edits would be lost. */
  get isPending(): boolean {
    return this.#pending !== undefined;
  }

  /** Lets go what waits and loses the edits, or forgets it. */
  async decide(isLost: boolean): Promise<void> {
    const next = this.#pending;
    this.#pending = undefined;
    if (isLost) await next?.();
  }

  async #unlessEdited(next: () => Promise<void>): Promise<void> {
    if (this.isEdited) this.#pending = next;
    else await next();
  }

  /** Asks for a file, which is to be applied where the cluster of its machines is still in view then. */
  async openToApply(deed: ConfigDeed, isInView = (): boolean => true): Promise<void> {
    const { opened: before } = this;
    await this.openFile();
    // None was chosen, or what was edited comes first.
    if (this.opened === before || this.opened?.source.kind !== 'file') return;
    this.tab = 'apply';
    if (isInView()) this.applying = deed;
  }

  /** Asks for a file and shows it to be patched or checked, with what a line of talosctl said of that. */
  async openTo(
    tab: 'patch' | 'check',
    { patch, mode, isStrict }: { readonly patch?: string; readonly mode?: ConfigMode; readonly isStrict?: boolean },
  ): Promise<void> {
    const { opened: before } = this;
    await this.openFile();
    // None was chosen, or what was edited comes first.
    if (this.opened === before || this.opened?.source.kind !== 'file') return;
    this.tab = tab;
    if (patch !== undefined) this.patch = patch;
    if (mode !== undefined) this.mode = mode;
    if (isStrict !== undefined) this.isStrict = isStrict;
    if (tab === 'check' && mode !== undefined) await this.check();
  }

  /** Reads what a node runs with. */
  readNode(context: string, node: string): Promise<void> {
    return this.#unlessEdited(() => this.#show(() => this.#client.call('machineConfig.read', { context, node })));
  }

  /** Shows one secret in the place of the one that is shown; the same again hides it. */
  async toggle(secret: number): Promise<void> {
    const isShown = this.revealed?.secret === secret;
    this.hide();
    const { opened } = this;
    if (isShown || !opened) return;
    const wanted = this.#wanted;
    const outcome = await this.#client.call('machineConfig.reveal', { token: opened.token, secret });
    if (this.#wanted !== wanted) return;
    if (outcome.ok) this.revealed = { secret, value: outcome.value.value };
    else this.failure = outcome.failure;
  }

  /** Forgets the secret that is shown, and one that is still coming. */
  hide(): void {
    this.#wanted++;
    this.revealed = undefined;
  }

  /** What the patch would make of it. */
  async tryPatch(): Promise<void> {
    const { opened, patch } = this;
    const patches = patchesIn(patch);
    if (!opened || patches.length === 0) return;
    this.patched = undefined;
    const outcome = await this.#client.call('machineConfig.patch', { token: opened.token, patches: [...patches] });
    if (this.opened !== opened || this.patch !== patch) return;
    this.patchFailure = outcome.ok ? undefined : outcome.failure;
    this.patched = outcome.ok ? outcome.value : undefined;
  }

  /** A patch that is being typed is not the one that was tried. */
  typed(): void {
    this.patched = undefined;
    this.patchFailure = undefined;
  }

  /** Writes what was tried into the file. The config that is shown was read before: it has to be opened again. */
  async write(): Promise<void> {
    const { opened, patched } = this;
    if (!opened || !patched?.plan) return;
    this.patched = undefined;
    const failure = await this.#changes.take(this.#client.call('plans.apply', { token: patched.plan.token }));
    if (this.opened !== opened) return;
    if (failure) this.patchFailure = failure;
    else this.#clear();
  }

  /** Writes what was tried into another file, which the user chooses. Answers its name; undefined where none was chosen. */
  async saveElsewhere(): Promise<string | undefined> {
    const { opened, patch } = this;
    if (!opened) return undefined;
    const outcome = await this.#client.call('machineConfig.saveAs', {
      token: opened.token,
      patches: [...patchesIn(patch)],
    });
    if (!outcome.ok) this.patchFailure = outcome.failure;
    return outcome.ok && outcome.value.isSaved ? outcome.value.name : undefined;
  }

  get isEdited(): boolean {
    return this.opened !== undefined && this.edited !== this.opened.text;
  }

  /** The editor is there: what may stand in a config is asked for once, and what stands in it is judged. */
  beginEdit(): void {
    if (this.help === undefined)
      void this.#client.call('machineConfig.help', {}).then((outcome) => {
        if (outcome.ok) this.help = outcome.value;
      });
    if (this.problems === undefined) this.#judgeSoon();
  }

  /** The editor could not be loaded. */
  cannotEdit(): void {
    this.editFailure = {
      ...{ code: 'internal', message: 'The editor could not be loaded.', retry: 'safe', traceId: 'page' },
      hint: 'Change the config by a patch, or start Minos anew.',
    };
  }

  /** The text was typed on. */
  edit(text: string): void {
    this.edited = text;
    this.changed = undefined;
    this.editFailure = undefined;
    this.#judgeSoon();
  }

  /** What the edited text would change. */
  async tryEdit(): Promise<void> {
    const { opened, edited } = this;
    if (!opened) return;
    this.changed = undefined;
    const outcome = await this.#client.call('machineConfig.edit', { token: opened.token, text: edited });
    if (this.opened !== opened || this.edited !== edited) return;
    this.editFailure = outcome.ok ? undefined : outcome.failure;
    this.changed = outcome.ok ? outcome.value : undefined;
  }

  /** Writes the edited text into the file, see {@link write}. What is typed meanwhile stays in the editor. */
  async writeEdit(): Promise<void> {
    const { opened, changed, edited } = this;
    if (!opened || !changed?.plan) return;
    this.changed = undefined;
    const failure = await this.#changes.take(this.#client.call('plans.apply', { token: changed.plan.token }));
    if (this.opened !== opened) return;
    if (failure) this.editFailure = failure;
    else if (this.edited === edited) this.#clear();
    else
      this.editFailure = {
        ...{
          code: 'conflict',
          message: 'It was written, without what you typed meanwhile.',
          retry: 'never',
          traceId: 'page',
        },
        hint: 'Copy that, then open the file anew.',
      };
  }

  /** Judges the edited text once nobody types for a moment; of several answers the newest counts. */
  #judgeSoon(): void {
    clearTimeout(this.#judging);
    this.problems = undefined;
    this.#judging = setTimeout(() => void this.#judge(), JUDGE_AFTER_MS);
  }

  async #judge(): Promise<void> {
    const { opened, edited, mode } = this;
    if (!opened) return;
    const outcome = await this.#client.call('machineConfig.judge', { token: opened.token, text: edited, mode });
    if (this.opened !== opened || this.edited !== edited) return;
    if (outcome.ok) this.problems = outcome.value;
    else this.editFailure = outcome.failure;
  }

  /** What deeds replaced on the node that is looked at. */
  async readBefore(): Promise<void> {
    const { opened } = this;
    if (opened?.source.kind !== 'node') return;
    const { context, node } = opened.source;
    const outcome = await this.#client.call('machineConfig.before', { context, node });
    if (this.opened !== opened) return;
    this.beforeFailure = outcome.ok ? undefined : outcome.failure;
    this.before = outcome.ok ? outcome.value : undefined;
  }

  /** Judges it by the rules of Talos. */
  async check(): Promise<void> {
    const { opened, mode, isStrict } = this;
    if (!opened) return;
    this.checked = undefined;
    const outcome = await this.#client.call('machineConfig.validate', { token: opened.token, mode, isStrict });
    if (this.opened !== opened) return;
    this.checkFailure = outcome.ok ? undefined : outcome.failure;
    this.checked = outcome.ok ? { mode, verdicts: outcome.value } : undefined;
  }

  /** Asks once more for what could not be shown. */
  async again(): Promise<void> {
    await this.#again?.();
  }

  async #show(ask: () => Promise<Outcome<OpenedConfig>>): Promise<void> {
    const asked = ++this.#asked;
    this.isReading = true;
    const outcome = await ask();
    if (asked !== this.#asked) return;
    this.isReading = false;
    if (!outcome.ok && outcome.failure.code === 'cancelled') return;
    this.#clear();
    this.#again = () => this.#show(ask);
    this.failure = outcome.ok ? undefined : outcome.failure;
    this.opened = outcome.ok ? outcome.value : undefined;
    this.edited = this.opened?.text ?? '';
  }

  #clear(): void {
    this.opened = undefined;
    this.failure = undefined;
    this.hide();
    this.checked = undefined;
    this.checkFailure = undefined;
    this.before = undefined;
    this.beforeFailure = undefined;
    clearTimeout(this.#judging);
    this.edited = '';
    this.problems = undefined;
    this.changed = undefined;
    this.editFailure = undefined;
    this.typed();
  }
}

/** The machine config of a window. */
export const machineConfigOf = sessionPart((session) => new ConfigView(session));
