import type { Failure, LensExportFormat } from '../../../preload/contract/index.ts';
import type { LensClient, LensExportProgress } from '../../lens/client.ts';

/** Writes what a lens shows into a file, one at a time. */
export class LensSaving {
  readonly #client: LensClient;
  #progress = $state.raw<LensExportProgress | undefined>();
  #stop: AbortController | undefined;

  constructor(client: LensClient) {
    this.#client = client;
  }

  /** How far it is; undefined while nothing is written. */
  get progress(): LensExportProgress | undefined {
    return this.#progress;
  }

  /** Answers with the file's name, undefined when the user chose none, or why it failed. */
  async save(format: LensExportFormat, suggestedName: string): Promise<{ name?: string; failure?: Failure }> {
    if (this.#stop) return {};
    this.#stop = new AbortController();
    const outcome = await this.#client.exportShown(
      format,
      suggestedName,
      (progress) => (this.#progress = progress),
      this.#stop.signal,
    );
    this.#stop = undefined;
    this.#progress = undefined;
    if (!outcome.ok) return outcome.failure.code === 'cancelled' ? {} : { failure: outcome.failure };
    return outcome.value === undefined ? {} : { name: outcome.value };
  }

  cancel(): void {
    this.#stop?.abort();
  }
}
