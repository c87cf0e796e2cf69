/** So much of the file in one item: it travels as Base64. */
const PIECE_BYTES = 48 * 1024;

/** Bytes as pieces of items, in order. */
export function* base64Pieces(bytes: Uint8Array): Generator<string, void, undefined> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(PIECE_BYTES, bytes.length - at)).toString('base64');
  }
}

/** Keeps the last so many bytes of what comes, with how many went before. Its memory is of a fixed size. */
export class LastBytes {
  readonly #most: number;
  #pieces: Uint8Array[] = [];
  #held = 0;
  #came = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** All bytes that came. */
  get came(): number {
    return this.#came;
  }

  push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#held += piece.length;
    this.#came += piece.length;
    // In one go now and then, so that a piece of 1 KiB does not move all others.
    if (this.#held >= 2 * this.#most) this.#shorten();
  }

  /** The last bytes in one piece, at most as many as are kept. */
  take(): Buffer {
    this.#shorten();
    return Buffer.concat(this.#pieces, this.#held);
  }

  #shorten(): void {
    const all = Buffer.concat(this.#pieces, this.#held);
    const kept = Buffer.from(all.subarray(Math.max(0, all.length - this.#most)));
    this.#pieces = [kept];
    this.#held = kept.length;
  }
}
