/** grpc-go's minimum connect timeout: so long a black-holed node keeps the first caller waiting. */
const DIAL_TIMEOUT_MS = 20_000;

/** apid's longest pause between two attempts; callers in it fail at once. */
const DIAL_BACKOFF_MS = 15_000;

/** The attempts to dial a node that never answers: callers share one, then fail at once for a while. */
export class DialAttempts {
  #startedAtMs = -Infinity;

  /** Milliseconds until the attempt that runs now times out; starts one when none runs. */
  remainingMs(nowMs: number): number {
    if (nowMs >= this.#startedAtMs + DIAL_TIMEOUT_MS) this.#startedAtMs = nowMs;
    return this.#startedAtMs + DIAL_TIMEOUT_MS - nowMs;
  }

  inBackoff(nowMs: number): boolean {
    const failedAtMs = this.#startedAtMs + DIAL_TIMEOUT_MS;
    return nowMs >= failedAtMs && nowMs < failedAtMs + DIAL_BACKOFF_MS;
  }

  forget(): void {
    this.#startedAtMs = -Infinity;
  }
}
