const HEADER_BYTES = 5;
const TYPE_APPLICATION_DATA = 23;

/** Finds the records in a stream of TLS, however it is cut. */
class Records {
  readonly #onRecord: (type: number) => void;
  #header = Buffer.alloc(0);
  #skip = 0;

  constructor(onRecord: (type: number) => void) {
    this.#onRecord = onRecord;
  }

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      const skipped = Math.min(this.#skip, chunk.length - at);
      this.#skip -= skipped;
      at += skipped;
      if (at >= chunk.length) return;
      const part = chunk.subarray(at, at + HEADER_BYTES - this.#header.length);
      this.#header = Buffer.concat([this.#header, part]);
      at += part.length;
      if (this.#header.length < HEADER_BYTES) return;
      this.#onRecord(this.#header[0] ?? 0);
      this.#skip = this.#header.readUInt16BE(3);
      this.#header = Buffer.alloc(0);
    }
  }
}

/**
 * Counts what a TLS 1.3 server sent under the keys of the data: everything after the client's first encrypted record, which
 * is where its half of the handshake ends.
 */
export class RecordCounter {
  readonly #inbound = new Records((type) => (this.#heard ||= type === TYPE_APPLICATION_DATA));
  readonly #outbound = new Records(() => (this.#sent += this.#heard ? 1 : 0));
  #heard = false;
  #sent = 0;

  get sent(): number {
    return this.#sent;
  }

  inbound(chunk: Buffer): void {
    this.#inbound.push(chunk);
  }

  outbound(chunk: Buffer): void {
    this.#outbound.push(chunk);
  }
}
