import type { Failure, SnapshotSchedule } from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import { Live } from '../../state/live.ts';
import { sessionPart } from '../../state/session-part.ts';

/** The schedules of snapshots, by context, and the sheet in which one is planned. */
class SnapshotSchedules {
  readonly #client: Client;
  readonly #known = new Map<string, Live<SnapshotSchedule>>();
  #planned = $state.raw<string | undefined>();
  #failure = $state.raw<Failure | undefined>();
  #isWriting = $state(false);

  constructor(client: Client) {
    this.#client = client;
  }

  /** That of a context's cluster. */
  of(context: string): Live<SnapshotSchedule> {
    const known = this.#known.get(context);
    if (known !== undefined) return known;
    const made = new Live<SnapshotSchedule>((listener) => this.#client.watch('etcd.schedule', { context }, listener));
    this.#known.set(context, made);
    return made;
  }

  /** The context whose schedule is being planned. */
  get planned(): string | undefined {
    return this.#planned;
  }

  /** Why it could not be planned. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** It is being written down, or the folder is being chosen. */
  get isWriting(): boolean {
    return this.#isWriting;
  }

  open(context: string): void {
    this.#planned = context;
    this.#failure = undefined;
  }

  close(): void {
    this.#planned = undefined;
  }

  /** Plans it; the system's dialog asks for the folder where there is none, or another one is wanted. */
  async plan(wish: {
    readonly everyHours: number;
    readonly keep: number;
    readonly choosesFolder: boolean;
  }): Promise<void> {
    await this.#write((context) => this.#client.call('etcd.planSnapshots', { context, ...wish }));
  }

  /** Takes no more. */
  async end(): Promise<void> {
    await this.#write((context) => this.#client.call('etcd.endSnapshots', { context }));
  }

  async #write(
    write: (context: string) => Promise<{ readonly ok: true } | { readonly ok: false; readonly failure: Failure }>,
  ): Promise<void> {
    const context = this.#planned;
    if (context === undefined || this.#isWriting) return;
    this.#isWriting = true;
    this.#failure = undefined;
    const outcome = await write(context);
    this.#isWriting = false;
    if (this.#planned !== context) return;
    if (outcome.ok) this.close();
    else if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure;
  }
}

/** The schedules of a window. */
export const snapshotSchedules = sessionPart(({ client }) => new SnapshotSchedules(client));
