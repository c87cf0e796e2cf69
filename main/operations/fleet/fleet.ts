import type { ContextSummary, FleetRow, FleetState, TalosconfigState } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { mapped, type Observable } from '../../lib/observable.ts';

/** What {@link Fleet} needs. */
export interface FleetOptions {
  readonly talosconfig: Observable<TalosconfigState>;
  readonly clock: Clock;
}

/** Every context of every open talosconfig, as it was when it was looked at last. */
export class Fleet implements Observable<FleetState> {
  readonly #rows: Observable<FleetState>;
  #wanted: readonly string[] | undefined = [];

  constructor({ talosconfig, clock }: FleetOptions) {
    this.#rows = mapped<TalosconfigState, FleetState>(talosconfig, ({ contexts }) => ({
      rows: contexts.map(unchecked),
      atMs: clock.now(),
    }));
  }

  get current(): FleetState {
    return this.#rows.current;
  }

  subscribe(listener: (state: FleetState) => void): () => void {
    return this.#rows.subscribe(listener);
  }

  /** Looks at these contexts now, or at all. */
  check(contexts: readonly string[] | undefined): void {
    this.#wanted = contexts;
  }

  /** Ends the check that is under way. */
  stop(): void {
    this.#wanted = [];
  }
}

function unchecked({
  id,
  name,
  file,
  isProduction = false,
  endpoints,
  certificate,
  isUsable,
}: ContextSummary): FleetRow {
  return {
    context: id,
    name,
    file,
    isProduction,
    state: isUsable ? 'unchecked' : 'unusable',
    endpoints: endpoints.map((endpoint) => ({ endpoint, state: 'unknown' })),
    talosVersions: [],
    ...(certificate && { earliestExpiry: { atMs: certificate.notAfterMs, of: 'client' as const } }),
  };
}
