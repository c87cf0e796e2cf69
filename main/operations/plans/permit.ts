import type { ChangePath } from '../../talos/methods.ts';
import type { Machine } from './machine.ts';

/** What one changing call may do. */
export interface Permitted<P extends ChangePath> {
  readonly method: P;
  /** What is sent as the `node` header. */
  readonly node: string;
}

/**
 * Lets one changing call be made: one method, on one machine, once. A call without a node would make the endpoint act on
 * itself, so no changing call can be built without a permit. Only plans/apply.ts may import this as a value and give
 * permits, after everything a plan says was looked at and confirmed; scripts/boundaries.ts checks that.
 */
export class Permit<P extends ChangePath = ChangePath> {
  readonly #permitted: Permitted<P>;
  #isUsed = false;

  private constructor(permitted: Permitted<P>) {
    this.#permitted = permitted;
  }

  /** A permit for one call. */
  static give<P extends ChangePath>(method: P, { node }: Machine): Permit<P> {
    return new Permit({ method, node });
  }

  /** Takes the permit: what the call may do. Throws an Error the second time, and for what is no permit. */
  use(): Permitted<P> {
    if (this.#isUsed) throw new Error(`the permit for ${this.#permitted.method} was used`);
    this.#isUsed = true;
    return this.#permitted;
  }
}
