import type { Clock } from '../../lib/clock.ts';
import type { Connection } from '../connections.ts';
import type { EndpointShell } from '../endpoint-shell.ts';
import type { Link } from '../link.ts';
import type { CallOptions } from './call-options.ts';
import type { CallContext } from './tries.ts';
import { TryCall, type TryEnd, type WireCall } from './try-call.ts';

/** How one try of a unary call went. */
export interface TryOutcome {
  readonly shell: EndpointShell;
  readonly end: TryEnd;
  /** Undecoded; a server may say OK without one. */
  readonly reply: Buffer | undefined;
  /** From the beginning of this try to its end. */
  readonly tookMs: number;
}

/** One unary call on one connection, counted where the endpoint's calls are counted. */
export class UnaryTry {
  readonly shell: EndpointShell;
  readonly #link: Link;
  readonly #call: TryCall;
  readonly #clock: Clock;
  readonly #startedMs: number;
  /** What had come on the connection when this began. */
  readonly #bytesBefore: number;

  /** `onEnd` is called once, later. */
  constructor(
    { shell, link }: Connection,
    wire: WireCall,
    { signal, about = '' }: Pick<CallOptions, 'signal' | 'about'>,
    { clock, hedging, onActivity, methodClass }: CallContext,
    onEnd: (outcome: TryOutcome) => void,
  ) {
    this.shell = shell;
    this.#link = link;
    this.#bytesBefore = link.bytesRead;
    const startedMs = clock.monotonic();
    this.#clock = clock;
    this.#startedMs = startedMs;
    let beganMs: number | undefined;
    let reply: Buffer | undefined;
    this.#call = new TryCall(link, wire, {
      onHeaders: () => {
        beganMs = clock.monotonic();
      },
      onMessage: (message) => {
        reply = message;
      },
      onEnd: (end) => {
        signal?.removeEventListener('abort', this.cancel);
        shell.record.callEnded();
        shell.waiting(link, -1);
        const endedMs = clock.monotonic();
        if (end.ending === 'answered') {
          if (methodClass(wire.path) === 'read') {
            shell.record.measured(endedMs - startedMs);
            hedging.answered(wire.path, about, (beganMs ?? endedMs) - startedMs);
          }
          shell.answered(link);
        }
        onActivity();
        onEnd({ shell, end, reply, tookMs: endedMs - startedMs });
      },
    });
    signal?.addEventListener('abort', this.cancel, { once: true });
    shell.record.callStarted();
    shell.waiting(link, 1);
    onActivity();
    this.#call.read();
  }

  /** An answer is on its way. */
  get hasBegun(): boolean {
    return this.#call.headersSeen;
  }

  /** Nothing at all came on its connection since this began: the endpoint may be dead. It is asked, and others are preferred. */
  doubtConnection(): void {
    if (this.#link.bytesRead === this.#bytesBefore) this.shell.doubt(this.#link);
  }

  /** Another try was quicker: cancels this one. If it was slow, its endpoint is taken to be, for choosing; it is as well as before. */
  lose(wasSlow: boolean): void {
    if (wasSlow) this.shell.record.measured(this.#clock.monotonic() - this.#startedMs);
    this.cancel();
  }

  readonly cancel = (): void => {
    this.#call.cancel();
  };
}
