import * as v from 'valibot';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import { readOwnFile } from '../../files/own/own-file.ts';
import { keepBrokenFile, replaceOwnFile } from '../../files/own/replace-own-file.ts';

/** The newest version this Minos writes. A change of it brings a pure step from the one before, with a fixture in the tests. */
const VERSION = 1;

/** Most patches that are kept, and most bytes of the file. */
export const MOST_SAVED = 200;
const MOST_BYTES = 4 * 1024 * 1024;

const PATCH = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  about: v.pipe(v.string(), v.maxLength(500)),
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(100_000)),
  /** Epoch milliseconds. */
  savedAtMs: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
const FILE = v.strictObject({
  version: v.literal(VERSION),
  patches: v.pipe(v.array(PATCH), v.maxLength(MOST_SAVED)),
});

/** A patch as it is kept. Holds no secret: `checkTemplate` refuses those before. */
export type KeptPatch = v.InferOutput<typeof PATCH>;

/** What the file holds. */
export interface ReadPatches {
  readonly patches: readonly KeptPatch[];
  /** False when something in it cannot be read: it is kept beside itself before it is overwritten. */
  readonly isWhole: boolean;
}

/**
 * The text of the file as its patches; what is broken loses only itself. Throws Failed `file-invalid` for one that a newer Minos wrote.
 */
export function readPatches(text: string): ReadPatches {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { patches: [], isWhole: false };
  }
  const whole = v.safeParse(FILE, value);
  if (whole.success && eachOnce(whole.output.patches).length === whole.output.patches.length)
    return { patches: whole.output.patches, isWhole: true };
  const { version, patches } = (value ?? {}) as { readonly version?: unknown; readonly patches?: unknown };
  if (typeof version === 'number' && version > VERSION) throw writtenByNewer();
  const good = (Array.isArray(patches) ? patches : []).flatMap((one: unknown): readonly KeptPatch[] => {
    const read = v.safeParse(PATCH, one);
    return read.success ? [read.output] : [];
  });
  return { patches: eachOnce(good).slice(0, MOST_SAVED), isWhole: false };
}

/** A file that was written by hand may have an id twice; lists are made by them. */
const eachOnce = (patches: readonly KeptPatch[]): readonly KeptPatch[] => [
  ...new Map(patches.map((one) => [one.id, one])).values(),
];

/** What a {@link SavedPatchesFile} tells of, and by which clock it names copies. */
export interface SavedPatchesFileOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** The file of the saved patches, for its owner only. Changes are made one after another; a broken one is kept under another name. */
export class SavedPatchesFile {
  readonly #options: SavedPatchesFileOptions;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: SavedPatchesFileOptions) {
    this.#options = options;
  }

  /** What it holds; nothing where there is none. Throws Failed `file-invalid` or `file-access`. */
  async read(): Promise<ReadPatches> {
    try {
      return readPatches((await readOwnFile(this.#options.path, MOST_BYTES)).toString('utf8'));
    } catch (error) {
      if (error instanceof Failed && error.failure.code === 'file-missing') return { patches: [], isWhole: true };
      if (error instanceof Failed && error.failure.code === 'too-large') return { patches: [], isWhole: false };
      throw error;
    }
  }

  /** Reads, changes, writes. Throws Failed: what reading and `change` throw, and `too-large`; then nothing has changed. */
  update(change: (patches: readonly KeptPatch[]) => readonly KeptPatch[]): Promise<readonly KeptPatch[]> {
    const { path, clock, log } = this.#options;
    const done = this.#queue.then(async () => {
      const { patches, isWhole } = await this.read();
      const next = change(patches);
      const text = `${JSON.stringify({ version: VERSION, patches: next }, null, 2)}\n`;
      if (next.length > MOST_SAVED || Buffer.byteLength(text) > MOST_BYTES) throw tooMany();
      if (!isWhole)
        log.write('warn', 'the saved patches were broken; they are kept', {
          kept: await keepBrokenFile(path, clock.now()),
        });
      await replaceOwnFile(path, text);
      return next;
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

const tooMany = (): Failed =>
  new Failed({
    code: 'too-large',
    message: `Minos keeps at most ${MOST_SAVED} patches, of 4 MB together. Nothing was changed.`,
    hint: 'Delete some that nobody needs, or export them first.',
  });

const writtenByNewer = (): Failed =>
  new Failed({
    code: 'file-invalid',
    message: 'The saved patches cannot be read: a newer Minos wrote them.',
    hint: 'Update Minos, or move the file away to start with none; it is not overwritten.',
  });
