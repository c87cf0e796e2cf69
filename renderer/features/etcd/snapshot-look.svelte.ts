import type { Failure, SnapshotInspection } from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import { sessionPart } from '../../state/session-part.ts';

/** A snapshot on the disk that is looked at; only read, never written. */
class SnapshotLook {
  readonly #client: Client;
  #found = $state.raw<SnapshotInspection | undefined>();
  #failure = $state.raw<Failure | undefined>();
  #reading = $state.raw<AbortController | undefined>();

  constructor(client: Client) {
    this.#client = client;
  }

  get found(): SnapshotInspection | undefined {
    return this.#found;
  }

  /** Why the file could not be read. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** One is being chosen or read. */
  get isReading(): boolean {
    return this.#reading !== undefined;
  }

  /** Lets the user choose a file in the system's dialog, and looks at it. */
  async choose(): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#found = undefined;
    this.#failure = undefined;
    const outcome = await this.#client.call('etcd.inspectSnapshot', {}, { signal: reading.signal });
    if (reading.signal.aborted) return;
    this.#reading = undefined;
    if (outcome.ok) this.#found = outcome.value;
    else if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure;
  }

  close(): void {
    this.#reading?.abort();
    this.#reading = undefined;
    this.#found = undefined;
    this.#failure = undefined;
  }
}

/** The snapshot that a window looks at. */
export const snapshotLook = sessionPart(({ client }) => new SnapshotLook(client));
