import type { Failure, RecoveryView } from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import { sessionPart } from '../../state/session-part.ts';

/** A look asks every control plane some short questions. */
const LOOK_EVERY_MS = 5_000;
/** Once it is begun, whoever did a step waits for what comes of it. */
const BEGUN_EVERY_MS = 2_000;

/** The way out of a broken etcd as the window shows it. How far it is, main sees anew at each look. */
class RecoveryFlow {
  readonly #client: Client;
  #context = $state.raw<string | undefined>();
  #view = $state.raw<RecoveryView | undefined>();
  #failure = $state.raw<Failure | undefined>();
  #refusal = $state.raw<Failure | undefined>();
  #isBusy = $state(false);
  #looking: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client) {
    this.#client = client;
  }

  /** The context that is looked at; undefined: the page shows the members. */
  get context(): string | undefined {
    return this.#context;
  }

  /** What was seen last; it stays while a look fails. */
  get view(): RecoveryView | undefined {
    return this.#view;
  }

  /** Why the last look failed. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Why what was asked for last was not done; it stays until something else is. */
  get refusal(): Failure | undefined {
    return this.#refusal;
  }

  /** Something is being chosen, or written down. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  open(context: string): void {
    if (this.#context === context) return;
    this.close();
    this.#context = context;
  }

  close(): void {
    this.#stop();
    this.#context = undefined;
    this.#view = undefined;
    this.#failure = undefined;
    this.#refusal = undefined;
  }

  /** Looks no more until somebody asks for it; what was seen stays. */
  rest(): void {
    this.#stop();
  }

  /** Looks now, and again every few seconds until it is closed. */
  async look(): Promise<void> {
    const context = this.#context;
    if (context === undefined) return;
    this.#stop();
    const looking = new AbortController();
    this.#looking = looking;
    const outcome = await this.#client.call('etcd.recovery', { context }, { signal: looking.signal });
    if (looking.signal.aborted) return;
    if (outcome.ok) {
      this.#view = outcome.value;
      this.#failure = undefined;
    } else this.#failure = outcome.failure;
    const everyMs = this.#view?.begunMs === undefined ? LOOK_EVERY_MS : BEGUN_EVERY_MS;
    this.#timer = setTimeout(() => void this.look(), everyMs);
  }

  /** Notes that it was begun, so that copies of from now on count. False where that failed. */
  begin(snapshot?: string): Promise<boolean> {
    return this.#write((context) =>
      this.#client.call('etcd.beginRecovery', { context, ...(snapshot !== undefined && { snapshot }) }),
    );
  }

  /** Lets the user choose a file to recover from, in the system's dialog. */
  async choose(): Promise<void> {
    let id: string | undefined;
    const isChosen = await this.#write(async (context) => {
      const outcome = await this.#client.call('etcd.chooseSnapshot', { context });
      if (outcome.ok) id = outcome.value.id;
      return outcome;
    });
    if (isChosen && id !== undefined) await this.begin(id);
  }

  /** It is over, or given up. */
  async end(): Promise<void> {
    if (await this.#write((context) => this.#client.call('etcd.endRecovery', { context }))) this.close();
  }

  async #write(
    write: (context: string) => Promise<{ readonly ok: true } | { readonly ok: false; readonly failure: Failure }>,
  ): Promise<boolean> {
    const context = this.#context;
    if (context === undefined || this.#isBusy) return false;
    this.#isBusy = true;
    this.#refusal = undefined;
    const outcome = await write(context);
    this.#isBusy = false;
    if (this.#context !== context) return false;
    if (!outcome.ok && outcome.failure.code !== 'cancelled') this.#refusal = outcome.failure;
    await this.look();
    return outcome.ok;
  }

  #stop(): void {
    this.#looking?.abort();
    clearTimeout(this.#timer);
  }
}

/** The recovery that a window shows. */
export const recoveryFlow = sessionPart(({ client }) => new RecoveryFlow(client));
