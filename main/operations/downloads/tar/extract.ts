import { chmod, mkdir, open, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Failed } from '../../../lib/failed.ts';
import { visible } from '../../../lib/visible.ts';
import { systemCode } from '../../../files/file-failure.ts';
import { linkPlace, placeOf, whyNoKind } from './entry-place.ts';
import type { ArchiveEntry } from './read-tar.ts';

/** How much of an archive is taken. */
export interface ExtractLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** More than any folder of a node that somebody wants on their computer. */
const EXTRACT_LIMITS: ExtractLimits = { entries: 500_000, bytes: 64 * 1024 ** 3 };

/** Refused entries that are named; the others are counted. */
const MOST_NAMED = 500;

/** What became of an archive. */
export interface Extracted {
  readonly files: number;
  readonly folders: number;
  readonly links: number;
  readonly bytes: number;
  /** Entries that were not made, with why, the first ones. */
  readonly refused: readonly { readonly name: string; readonly why: string }[];
  /** How many there are in all. */
  readonly refusedCount: number;
}

/** A link that waits until everything else is there: nothing is ever written through one. */
interface WaitingLink {
  readonly name: string;
  readonly names: readonly string[];
  readonly link: string;
}

/**
 * Makes the entries of an archive below a folder that nobody else writes into. What could lie elsewhere (absolute paths,
 * `..`, links out of the folder, a path through a link), what is no file, and what is there already is refused and named, and
 * the rest goes on. Throws Failed `too-large` beyond the limits, and what writing throws.
 */
export async function extract(
  entries: AsyncIterable<ArchiveEntry>,
  folder: string,
  limits: ExtractLimits = EXTRACT_LIMITS,
  platform: NodeJS.Platform = process.platform,
): Promise<Extracted> {
  const extraction = new Extraction(folder, limits, platform);
  for await (const entry of entries) await extraction.take(entry);
  return extraction.end();
}

class Extraction {
  readonly #folder: string;
  readonly #limits: ExtractLimits;
  readonly #platform: NodeJS.Platform;
  readonly #folders = new Set<string>(['']);
  readonly #modes = new Map<string, number>();
  readonly #links = new Map<string, WaitingLink>();
  readonly #refused: { readonly name: string; readonly why: string }[] = [];
  #counts = { entries: 0, files: 0, links: 0, bytes: 0, refused: 0 };

  constructor(folder: string, limits: ExtractLimits, platform: NodeJS.Platform) {
    this.#folder = folder;
    this.#limits = limits;
    this.#platform = platform;
  }

  async take(entry: ArchiveEntry): Promise<void> {
    this.#counts.entries += 1;
    if (this.#counts.entries > this.#limits.entries)
      throw tooMuch(`more than ${this.#limits.entries.toLocaleString('en')} entries`);
    const place = placeOf(entry.name, this.#platform);
    const why = 'refused' in place ? place.refused : whyNoKind(entry);
    if ('refused' in place || why !== undefined) return this.#refuse(entry.name, why ?? '');
    const { names } = place;
    // The folder that is copied is an entry of its own.
    if (names.length === 0) return entry.kind === 'folder' ? undefined : this.#refuse(entry.name, 'it has no name');
    if (!(await this.#makeFolders(names.slice(0, -1))))
      return this.#refuse(entry.name, 'its path leads through something that is no folder');
    if (entry.kind === 'folder') await this.#takeFolder(entry, names);
    else if (entry.kind === 'link') this.#takeLink(entry, names);
    else await this.#takeFile(entry, names);
  }

  async end(): Promise<Extracted> {
    for (const link of this.#links.values()) await this.#makeLink(link);
    // Deepest first: a folder that nobody may enter would keep those in it.
    for (const [path, mode] of [...this.#modes].reverse()) await chmod(join(this.#folder, path), mode);
    const { files, links, bytes, refused } = this.#counts;
    return { files, folders: this.#folders.size - 1, links, bytes, refused: this.#refused, refusedCount: refused };
  }

  async #takeFolder({ name, mode }: ArchiveEntry, names: readonly string[]): Promise<void> {
    if (!(await this.#makeFolders(names))) return this.#refuse(name, 'something with its name is there already');
    this.#modes.set(names.join('/'), mode | 0o700);
  }

  #takeLink({ name, link }: ArchiveEntry, names: readonly string[]): void {
    const key = names.join('/');
    if (this.#folders.has(key) || this.#links.has(key))
      return this.#refuse(name, 'something with its name is there already');
    this.#links.set(key, { name, names, link });
  }

  async #takeFile(entry: ArchiveEntry, names: readonly string[]): Promise<void> {
    if (this.#counts.bytes + entry.size > this.#limits.bytes) throw tooMuch('more bytes than are taken of one folder');
    if (this.#links.has(names.join('/'))) return this.#refuse(entry.name, 'something with its name is there already');
    // Never what is there already, and never through a link.
    const file = await open(join(this.#folder, ...names), 'wx', 0o600).catch((error: unknown) => {
      if (isTaken(error)) return undefined;
      throw error;
    });
    if (file === undefined) return this.#refuse(entry.name, 'something with its name is there already');
    try {
      for await (const piece of entry.content()) await file.writeFile(piece);
      await file.chmod(entry.mode | 0o600);
    } finally {
      await file.close();
    }
    this.#counts.files += 1;
    this.#counts.bytes += entry.size;
  }

  /** False: one of them is something else than a folder. */
  async #makeFolders(names: readonly string[]): Promise<boolean> {
    for (let depth = 1; depth <= names.length; depth += 1) {
      const key = names.slice(0, depth).join('/');
      if (this.#folders.has(key)) continue;
      if (this.#links.has(key)) return false;
      try {
        await mkdir(join(this.#folder, key), { mode: 0o700 });
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
      this.#folders.add(key);
    }
    return true;
  }

  async #makeLink({ name, names, link }: WaitingLink): Promise<void> {
    const place = linkPlace(names, link);
    if ('refused' in place) return this.#refuse(name, place.refused);
    try {
      await symlink(link, join(this.#folder, ...names));
      this.#counts.links += 1;
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      this.#refuse(
        name,
        isTaken(error) ? 'something with its name is there already' : 'this computer makes no such link',
      );
    }
  }

  #refuse(name: string, why: string): void {
    this.#counts.refused += 1;
    if (this.#refused.length < MOST_NAMED) this.#refused.push({ name: visible(name.slice(0, 500)), why: visible(why) });
  }
}

/** Something is there, or a part of the path is no folder. */
const isTaken = (error: unknown): boolean => ['EEXIST', 'ENOTDIR', 'EISDIR'].includes(systemCode(error) ?? '');

const tooMuch = (what: string): Failed =>
  new Failed({
    code: 'too-large',
    message: `The folder has ${what}; nothing of it was kept.`,
    hint: 'Copy a folder further down.',
  });
