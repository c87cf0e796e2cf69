/** The bytes of a database, read piece by piece. */
export interface BytesAt {
  /** How many there are. */
  readonly length: number;
  /** Exactly so many from a place; what lies beyond the end is never asked for. What it answers stays as it is. */
  read(at: number, length: number): Buffer;
}

/** Why a file is no database that can be read. Its message is the reason, a part of a sentence: `page 7 is of no known kind`. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
