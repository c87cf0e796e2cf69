import { status as grpcStatus } from '@grpc/grpc-js';
import type { Connection } from '../connections.ts';
import type { CallOptions } from './call-options.ts';
import type { CallContext, Tries } from './tries.ts';
import type { WireCall } from './try-call.ts';
import { UnaryTry, type TryOutcome } from './unary-try.ts';

/** What {@link hedgedTry} needs. */
export interface HedgedCall {
  readonly wire: () => WireCall;
  readonly options: CallOptions;
  readonly tries: Tries;
  readonly context: CallContext;
}

/**
 * A read at one endpoint and, when its answer is overdue and another endpoint is well, at that one too. Resolves with the outcome
 * that counts: the first answer. The other try is cancelled, which says nothing about its endpoint. Never rejects.
 */
export function hedgedTry(found: Connection, overdueMs: number, call: HedgedCall): Promise<TryOutcome> {
  return new Promise((resolve) => {
    new Race(call, overdueMs, resolve).start(found);
  });
}

class Race {
  readonly #call: HedgedCall;
  readonly #overdueMs: number;
  readonly #resolve: (outcome: TryOutcome) => void;
  readonly #open = new Set<UnaryTry>();
  #second: UnaryTry | undefined;
  /** How the try went that ended without deciding anything. */
  #other: TryOutcome | undefined;
  #isOver = false;
  #stopWaiting: (() => void) | undefined;

  constructor(call: HedgedCall, overdueMs: number, resolve: (outcome: TryOutcome) => void) {
    this.#call = call;
    this.#overdueMs = overdueMs;
    this.#resolve = resolve;
  }

  start(found: Connection): void {
    const first = this.#begin(found);
    this.#stopWaiting = this.#call.context.hedging.wait(this.#overdueMs, () => {
      this.#overdue(first);
    });
  }

  #begin(found: Connection): UnaryTry {
    const { wire, options, context } = this.#call;
    const begun: UnaryTry = new UnaryTry(found, wire(), options, context, (outcome) => {
      this.#ended(begun, outcome);
    });
    this.#open.add(begun);
    return begun;
  }

  #overdue(first: UnaryTry): void {
    const { tries, context, options } = this.#call;
    if (this.#isOver || first.hasBegun) return;
    const elsewhere = context.connections.healthy(new Set([...tries.avoid, first.shell]));
    if (elsewhere === undefined || !context.hedging.spend()) return;
    first.doubtConnection();
    tries.endpoint = elsewhere.shell.endpoint;
    options.onEndpoint?.(elsewhere.shell.endpoint);
    this.#second = this.#begin(elsewhere);
  }

  #ended(which: UnaryTry, outcome: TryOutcome): void {
    this.#open.delete(which);
    if (this.#isOver) return;
    if (this.#open.size > 0 && !decides(outcome)) {
      this.#other = outcome;
      return;
    }
    this.#isOver = true;
    this.#stopWaiting?.();
    for (const loser of this.#open) loser.lose(loser !== this.#second);
    const better = this.#other?.end.ending === 'answered' && outcome.end.ending === 'lost' ? this.#other : outcome;
    const worse = better === outcome ? this.#other : outcome;
    this.#conclude(better, worse);
    this.#resolve(better);
  }

  #conclude(outcome: TryOutcome, other: TryOutcome | undefined): void {
    const { tries, context, options } = this.#call;
    tries.endpoint = outcome.shell.endpoint;
    // A try that was lost counts as one, though the other decides.
    if (other?.end.ending === 'lost') tries.mayTryAgain(other.end, other.shell);
    if (this.#second === undefined) return;
    const helped = outcome.shell === this.#second.shell && outcome.tookMs <= this.#overdueMs;
    if (!helped && outcome.end.ending === 'answered') context.hedging.wasInVain(options.about ?? '');
  }
}

/**
 * Whether it makes the other try unnecessary. An endpoint that does not reach the node says so at once, while the other one may
 * reach it.
 */
function decides({ end }: TryOutcome): boolean {
  if (end.ending === 'lost') return false;
  const { code } = end.status;
  return end.ending !== 'answered' || (code !== grpcStatus.UNAVAILABLE && code !== grpcStatus.DEADLINE_EXCEEDED);
}
