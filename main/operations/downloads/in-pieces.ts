/** Talos sends 1 KiB at a time: a write for each would be most of the work. */
const PIECE_BYTES = 256 * 1024;

/** The same bytes in pieces that are worth a write. Keeps one piece. */
export async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  for await (const piece of bytes) {
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes < PIECE_BYTES) continue;
    yield waiting.length === 1 ? piece : Buffer.concat(waiting, waitingBytes);
    waiting = [];
    waitingBytes = 0;
  }
  if (waitingBytes > 0) yield Buffer.concat(waiting, waitingBytes);
}
