/** One call as an endpoint received it. */
export interface CallRecord {
  /** Full path: `/machine.MachineService/Version`. */
  readonly method: string;
  /** Raw `node` header, or null without one. grpc-js joins repeated headers with a comma. */
  readonly node: string | null;
  /** `address:port` of the endpoint. */
  readonly endpoint: string;
  /** All metadata; binary values are in base64. */
  readonly metadata: Readonly<Record<string, readonly string[]>>;
  /** Roles in the client's certificate. */
  readonly roles: readonly string[];
  /** Time of the simulator's clock, epoch milliseconds. */
  readonly atMs: number;
  /** Name of the node that served it; null while undecided or refused before. */
  servedBy: string | null;
  /** The bytes of its request; only of a method that changes something, and was served. */
  request?: Uint8Array;
  /** gRPC code it ended with (0 is OK, 1 is cancelled by the client); null while it runs. */
  code: number | null;
}

/** How many calls are remembered where nobody says; older ones are forgotten. */
const REMEMBERED = 100_000;

/** What tests look at to know what reached the servers. */
export class CallsLog {
  readonly #most: number;
  #records: CallRecord[] = [];

  constructor(most = REMEMBERED) {
    this.#most = most;
  }

  get records(): readonly CallRecord[] {
    return this.#records;
  }

  add(record: CallRecord): CallRecord {
    if (this.#records.length >= this.#most) this.#records = this.#records.slice(this.#most / 2);
    this.#records.push(record);
    return record;
  }

  clear(): void {
    this.#records = [];
  }
}
