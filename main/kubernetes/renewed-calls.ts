import { Failed } from '../lib/failed.ts';
import { orAborted } from '../lib/until-aborted.ts';
import type { KubernetesConnection, KubernetesRequest } from './connection.ts';
import { KubernetesRefusal } from './refusal.ts';

/** Asks the API of a Kubernetes cluster, each time within some seconds. */
export interface KubernetesCalls {
  /** Throws what {@link KubernetesConnection.ask} throws, and Failed `timeout`. */
  ask(request: KubernetesRequest, signal: AbortSignal): Promise<unknown>;
}

/** Longer than the API takes for anything that is asked here: it cuts off itself what takes a minute. */
const ANSWER_WITHIN_MS = 15_000;

/**
 * Calls over one connection at a time. A connection whose certificate is not taken (401) is replaced once per call by one with
 * a new certificate: nothing was done then, so the same may be asked again. Whoever made it closes it.
 */
export class RenewedCalls implements KubernetesCalls {
  readonly #open: (signal: AbortSignal) => Promise<KubernetesConnection>;
  readonly #answerWithinMs: number;
  readonly #over = new AbortController();
  #connection: Promise<KubernetesConnection> | undefined;

  constructor(open: (signal: AbortSignal) => Promise<KubernetesConnection>, answerWithinMs = ANSWER_WITHIN_MS) {
    this.#open = open;
    this.#answerWithinMs = answerWithinMs;
  }

  async ask(request: KubernetesRequest, signal: AbortSignal): Promise<unknown> {
    const coming = this.#opened();
    try {
      return await this.#within(await orAborted(signal, coming), request, signal);
    } catch (error) {
      if (!(error instanceof KubernetesRefusal) || error.facts.status !== 401) throw error;
      await this.#forget(coming);
      return this.#within(await orAborted(signal, this.#opened()), request, signal);
    }
  }

  /** Ends the connection and forgets the certificate; what waits for either ends. */
  close(): void {
    this.#over.abort();
    if (this.#connection !== undefined) void this.#forget(this.#connection);
  }

  #opened(): Promise<KubernetesConnection> {
    const { signal } = this.#over;
    if (signal.aborted) return Promise.reject(new Failed({ code: 'cancelled', message: 'The connection was closed.' }));
    if (this.#connection !== undefined) return this.#connection;
    const coming = this.#open(signal);
    this.#connection = coming;
    // What could not be opened is tried anew by the next call.
    coming.catch(() => {
      if (this.#connection === coming) this.#connection = undefined;
    });
    return coming;
  }

  /** Calls that were refused together renew once. */
  async #forget(coming: Promise<KubernetesConnection>): Promise<void> {
    if (this.#connection === coming) this.#connection = undefined;
    const connection = await coming.catch(() => undefined);
    connection?.close();
  }

  async #within(connection: KubernetesConnection, request: KubernetesRequest, signal: AbortSignal): Promise<unknown> {
    const late = AbortSignal.timeout(this.#answerWithinMs);
    try {
      return await connection.ask(request, AbortSignal.any([signal, late, this.#over.signal]));
    } catch (error) {
      signal.throwIfAborted();
      if (!late.aborted) throw error;
      // It may be dead without a word, as one to a machine that lost its power is: nothing would ever come over it.
      connection.renew();
      const message = `The API of Kubernetes did not answer within ${this.#answerWithinMs / 1000} s.`;
      throw new Failed({ code: 'timeout', message, retry: 'safe' }, error);
    }
  }
}
