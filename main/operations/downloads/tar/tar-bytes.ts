import { Failed } from '../../../lib/failed.ts';

/** Everything of a tar archive is a multiple of so many bytes. */
export const TAR_BLOCK = 512;

/** The bytes of an archive, in whatever pieces they come, to be taken in the pieces that are wanted. Keeps one piece. */
export class TarBytes {
  readonly #source: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Exactly so many bytes; undefined when there are none any more. Throws Failed when there are fewer. */
  async exactly(count: number): Promise<Buffer | undefined> {
    const pieces: Uint8Array[] = [];
    let missing = count;
    for await (const piece of this.#upTo(count)) {
      pieces.push(piece);
      missing -= piece.length;
    }
    if (missing === count && count > 0) return undefined;
    if (missing > 0) throw cutShort();
    return Buffer.concat(pieces);
  }

  /** So many bytes in pieces. Throws Failed when there are fewer. */
  async *pieces(count: number): AsyncGenerator<Uint8Array, void, undefined> {
    let missing = count;
    for await (const piece of this.#upTo(count)) {
      missing -= piece.length;
      yield piece;
    }
    if (missing > 0) throw cutShort();
  }

  /** Passes over so many bytes; fewer are no mistake, since Talos leaves the padding of the last file out. */
  async skip(count: number): Promise<void> {
    let left = count;
    while (left > 0) {
      const piece = await this.#take(left);
      if (piece === undefined) return;
      left -= piece.length;
    }
  }

  /** Reads what is left, so that its sender can end. */
  async drain(): Promise<void> {
    await this.skip(Infinity);
  }

  /** Nobody wants the rest. */
  async end(): Promise<void> {
    await this.#source.return?.();
  }

  async *#upTo(count: number): AsyncGenerator<Uint8Array, void, undefined> {
    let left = count;
    while (left > 0) {
      const piece = await this.#take(left);
      if (piece === undefined) return;
      left -= piece.length;
      yield piece;
    }
  }

  async #take(most: number): Promise<Uint8Array | undefined> {
    while (this.#piece.length === 0) {
      const next = await this.#source.next();
      if (next.done === true) return undefined;
      this.#piece = next.value;
    }
    const taken = this.#piece.subarray(0, most);
    this.#piece = this.#piece.subarray(taken.length);
    return taken;
  }
}

const cutShort = (): Failed =>
  new Failed({
    code: 'invalid',
    message: 'The archive of the node ends in the middle of a file.',
    hint: 'Try again.',
    retry: 'safe',
  });
