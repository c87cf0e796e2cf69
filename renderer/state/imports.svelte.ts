import type { Failure, ImportPreview, OpenedKubeconfigs, Outcome } from '../../preload/contract/index.ts';
import type { Client } from '../lib/bridge.ts';
import type { Notices } from './notices.svelte.ts';

/** Everything that was handed over is a kubeconfig. */
const isKubeconfig = (outcome: Outcome<ImportPreview>): boolean =>
  outcome.ok &&
  outcome.value.rows.length === 0 &&
  outcome.value.failures.length > 0 &&
  outcome.value.failures.every(({ where }) => where?.field === 'kubeconfig');

/** Whose dropped files are, and what opens them. */
interface DropClaim {
  readonly isTheirs: (files: readonly File[]) => boolean;
  readonly open: (token: string) => void;
}

/** The import this window looks at. Nothing is written here; contents stay in main. */
export class Imports {
  #preview = $state.raw<ImportPreview | undefined>(undefined);
  #failure = $state.raw<Failure | undefined>(undefined);
  #isLooking = $state(false);
  readonly #client: Client;
  readonly #notices: Notices;
  #again: (() => Promise<Outcome<ImportPreview>>) | undefined;
  #number = 0;
  #isChoosing = false;
  #claims: readonly DropClaim[] = [];
  readonly #onKubeconfig: (open: () => Promise<Outcome<OpenedKubeconfigs>>) => void;

  /** `onKubeconfig`: what was dropped, pasted or chosen is no talosconfig but a kubeconfig, which is merged elsewhere. */
  constructor(
    client: Client,
    notices: Notices,
    onKubeconfig: (open: () => Promise<Outcome<OpenedKubeconfigs>>) => void,
  ) {
    this.#client = client;
    this.#notices = notices;
    this.#onKubeconfig = onKubeconfig;
  }

  get preview(): ImportPreview | undefined {
    return this.#preview;
  }

  /** Why nothing could be looked at. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Main is reading and comparing. */
  get isLooking(): boolean {
    return this.#isLooking;
  }

  /** Files from the desktop. */
  async drop(files: readonly File[]): Promise<void> {
    const dropped = await this.#client.drop(files);
    if (!dropped.ok) return this.#refuse(dropped.failure);
    const { token } = dropped.value;
    const claim = this.#claims.find(({ isTheirs }) => isTheirs(files));
    if (claim) claim.open(token);
    else await this.look(token);
  }

  /**
   * Files that are no imports are dropped on the same window: whoever knows them by their names opens them, by their token. The newest claim
   * comes first; what is returned takes it back.
   */
  claimDrops(isTheirs: (files: readonly File[]) => boolean, open: (token: string) => void): () => void {
    const claim = { isTheirs, open };
    this.#claims = [claim, ...this.#claims];
    return () => {
      this.#claims = this.#claims.filter((one) => one !== claim);
    };
  }

  /** Files main has the paths of: dropped, or opened with Minos. */
  async look(token: string): Promise<void> {
    const open = (): Promise<Outcome<OpenedKubeconfigs>> => this.#client.call('kubeconfig.fromDrop', { token });
    await this.#look(() => this.#client.call('import.fromDrop', { token }), true, open);
  }

  /** The clipboard, which main reads. Text that is no talosconfig is only said: it may have been meant for something else. */
  async paste(): Promise<void> {
    const outcome = await this.#client.call('import.fromClipboard', {});
    const [first] = outcome.ok ? outcome.value.failures : [outcome.failure];
    if (isKubeconfig(outcome)) return this.#onKubeconfig(() => this.#client.call('kubeconfig.fromClipboard', {}));
    if (outcome.ok && (outcome.value.rows.length > 0 || first === undefined)) {
      await this.#look(() => Promise.resolve(outcome), false);
    } else if (first !== undefined) {
      this.#notices.say(`${first.message} ${first.hint ?? ''}`.trim(), 'bad');
    }
  }

  /** Files from the system's dialog; it is asked for once, also when a key comes through page and menu. */
  async choose(): Promise<void> {
    if (this.#isChoosing) return;
    this.#isChoosing = true;
    await this.#look(() => this.#client.call('import.choose', {}), false).finally(() => (this.#isChoosing = false));
  }

  /** Looks at the same files once more, after the talosconfig was changed by somebody else. */
  async again(): Promise<void> {
    if (this.#again) await this.#look(this.#again);
  }

  close(): void {
    this.#number += 1;
    this.#preview = undefined;
    this.#failure = undefined;
    this.#isLooking = false;
    this.#again = undefined;
  }

  #refuse(failure: Failure): void {
    if (failure.code === 'cancelled') return;
    this.#preview = undefined;
    this.#failure = failure;
  }

  async #look(
    ask: () => Promise<Outcome<ImportPreview>>,
    canRepeat = true,
    open?: () => Promise<Outcome<OpenedKubeconfigs>>,
  ): Promise<void> {
    const number = ++this.#number;
    this.#isLooking = true;
    const outcome = await ask();
    if (number !== this.#number) return;
    this.#isLooking = false;
    if (!outcome.ok) return this.#refuse(outcome.failure);
    if (open && isKubeconfig(outcome)) {
      this.close();
      return this.#onKubeconfig(open);
    }
    this.#failure = undefined;
    this.#preview = outcome.value;
    this.#again = canRepeat ? ask : undefined;
  }
}
