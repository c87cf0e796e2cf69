import type {
  ConfigMode,
  ConfigVerdict,
  Failure,
  KeptBefore,
  OpenedConfig,
  Outcome,
  PatchedConfig,
} from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import type { Session } from '../../state/context.ts';
import type { Filling } from '../../state/view.svelte.ts';
import { sessionPart } from '../../state/session-part.ts';

/** What is shown of a config. */
export type ConfigTab = 'config' | 'patch' | 'check' | 'apply' | 'before';

/** A deed on machine configs, as `Filling` has it. */
export type ConfigDeed = Pick<Filling, 'nodes' | 'params'>;

/** What a check found, and what was asked. */
export interface CheckedConfig {
  readonly mode: ConfigMode;
  readonly verdicts: readonly ConfigVerdict[];
}

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
  /** A line of talosctl asked for a config to be applied: once its file is chosen, the plan is made. */
  applying = $state.raw<ConfigDeed | undefined>();
  /** Configs of the node that deeds replaced. */
  before = $state.raw<readonly KeptBefore[] | undefined>();
  beforeFailure = $state.raw<Failure | undefined>();
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
    return this.#show(() => this.#client.call('machineConfig.open', {}));
  }

  /** Asks for a file, which is to be applied. */
  async openToApply(deed: ConfigDeed): Promise<void> {
    await this.openFile();
    if (this.opened?.source.kind !== 'file') return;
    this.tab = 'apply';
    this.applying = deed;
  }

  /** Reads what a node runs with. */
  readNode(context: string, node: string): Promise<void> {
    return this.#show(() => this.#client.call('machineConfig.read', { context, node }));
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
    if (!opened || patch.trim() === '') return;
    this.patched = undefined;
    const outcome = await this.#client.call('machineConfig.patch', { token: opened.token, patches: [patch] });
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

  async #show(ask: () => Promise<Outcome<OpenedConfig>>): Promise<void> {
    const asked = ++this.#asked;
    this.isReading = true;
    const outcome = await ask();
    if (asked !== this.#asked) return;
    this.isReading = false;
    if (!outcome.ok && outcome.failure.code === 'cancelled') return;
    this.#clear();
    this.failure = outcome.ok ? undefined : outcome.failure;
    this.opened = outcome.ok ? outcome.value : undefined;
  }

  #clear(): void {
    this.opened = undefined;
    this.failure = undefined;
    this.hide();
    this.checked = undefined;
    this.checkFailure = undefined;
    this.before = undefined;
    this.beforeFailure = undefined;
    this.typed();
  }
}

/** The machine config of a window. */
export const machineConfigOf = sessionPart((session) => new ConfigView(session));
