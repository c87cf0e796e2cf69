import { chmod, mkdir, open, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import { Failed } from '../../../lib/failed.ts';
import { visible } from '../../../lib/visible.ts';
import { systemCode } from '../../../files/file-failure.ts';
import { linkPlace, placeOf, whyNoKind } from './entry-place.ts';
import type { ArchiveEntry } from './read-tar.ts';

/** How much of an archive is taken. */
export interface ExtractLimits {
  /** What an archive lists, and what is made for it: folders that only paths name count too. */
  readonly entries: number;
  readonly bytes: number;
  /** Characters of the paths of folders and links, which are kept until the end. */
  readonly names: number;
}

/** More than any folder of a node that somebody wants on their computer. */
const EXTRACT_LIMITS: ExtractLimits = { entries: 500_000, bytes: 64 * 1024 ** 3, names: 128 * 1024 ** 2 };

/** Refused entries that are named; the others are counted. */
const MOST_NAMED = 500;

/** Of a name, or of why. */
const MOST_SHOWN = 300;

const TAKEN = 'something with its name is there already';
const NOT_HERE = 'this computer takes no such path';

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
  #counts = { entries: 0, files: 0, links: 0, bytes: 0, refused: 0, names: 0 };

  constructor(folder: string, limits: ExtractLimits, platform: NodeJS.Platform) {
    this.#folder = folder;
    this.#limits = limits;
    this.#platform = platform;
  }

  async take(entry: ArchiveEntry): Promise<void> {
    this.#counts.entries += 1;
    if (this.#counts.entries > this.#limits.entries) throw this.#tooMany();
    const place = placeOf(entry.name, this.#platform);
    const why = 'refused' in place ? place.refused : whyNoKind(entry);
    if ('refused' in place || why !== undefined) return this.#refuse(entry.name, why ?? '');
    const { names } = place;
    // The folder that is copied is an entry of its own.
    if (names.length === 0) return entry.kind === 'folder' ? undefined : this.#refuse(entry.name, 'it has no name');
    const blocked = await this.#makeFolders(names.slice(0, -1));
    if (blocked !== undefined) {
      return this.#refuse(
        entry.name,
        blocked === TAKEN ? 'its path leads through something that is no folder' : blocked,
      );
    }
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
    const blocked = await this.#makeFolders(names);
    if (blocked !== undefined) return this.#refuse(name, blocked);
    this.#modes.set(names.join('/'), mode | 0o700);
  }

  #takeLink({ name, link }: ArchiveEntry, names: readonly string[]): void {
    const key = names.join('/');
    if (this.#folders.has(key) || this.#links.has(key)) return this.#refuse(name, TAKEN);
    this.#keepName(name);
    this.#keepName(link);
    this.#links.set(key, { name, names, link });
  }

  async #takeFile(entry: ArchiveEntry, names: readonly string[]): Promise<void> {
    if (this.#counts.bytes + entry.size > this.#limits.bytes) throw tooMuch('more bytes than are taken of one folder');
    if (this.#links.has(names.join('/'))) return this.#refuse(entry.name, TAKEN);
    // Never what is there already, and never through a link.
    const file = await open(join(this.#folder, ...names), 'wx', 0o600).catch(whyNotMade);
    if (typeof file === 'string') return this.#refuse(entry.name, file);
    try {
      for await (const piece of entry.content()) await file.writeFile(piece);
      await file.chmod(entry.mode | 0o600);
    } finally {
      await file.close();
    }
    this.#counts.files += 1;
    this.#counts.bytes += entry.size;
  }

  /** Why not: one of them is something else than a folder, or cannot be here. */
  async #makeFolders(names: readonly string[]): Promise<string | undefined> {
    if (this.#folders.has(names.join('/'))) return undefined;
    for (let depth = 1; depth <= names.length; depth += 1) {
      const key = names.slice(0, depth).join('/');
      if (this.#folders.has(key)) continue;
      if (this.#links.has(key)) return TAKEN;
      const blocked = await mkdir(join(this.#folder, key), { mode: 0o700 }).then(() => undefined, whyNotMade);
      if (blocked !== undefined) return blocked;
      if (this.#folders.size > this.#limits.entries) throw this.#tooMany();
      this.#keepName(key);
      this.#folders.add(key);
    }
    return undefined;
  }

  #keepName(name: string): void {
    this.#counts.names += name.length;
    if (this.#counts.names > this.#limits.names) throw tooMuch('more and longer paths than are taken of one folder');
  }

  #tooMany(): Failed {
    return tooMuch(`more than ${formatNumber(this.#limits.entries)} entries`);
  }

  async #makeLink({ name, names, link }: WaitingLink): Promise<void> {
    const place = linkPlace(names, link, this.#platform);
    if ('refused' in place) return this.#refuse(name, place.refused);
    try {
      await symlink(link, join(this.#folder, ...names));
      this.#counts.links += 1;
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      this.#refuse(name, isTaken(error) ? TAKEN : 'this computer makes no such link');
    }
  }

  #refuse(name: string, why: string): void {
    this.#counts.refused += 1;
    if (this.#refused.length < MOST_NAMED) this.#refused.push({ name: shown(name), why: shown(why) });
  }
}

/** A path may be of 64 KiB, and hundreds are named. */
const shown = (text: string): string => visible(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);

/** Something is there, or a part of the path is no folder. */
const isTaken = (error: unknown): boolean => ['EEXIST', 'ENOTDIR', 'EISDIR'].includes(systemCode(error) ?? '');

/** File systems differ in which names and how long paths they take. */
const NO_SUCH_PATH: ReadonlySet<string> = new Set(['ENAMETOOLONG', 'EINVAL', 'EILSEQ']);

/** Why one entry cannot be made while others can. Throws whatever else went wrong. */
function whyNotMade(error: unknown): string {
  if (isTaken(error)) return TAKEN;
  if (NO_SUCH_PATH.has(systemCode(error) ?? '')) return NOT_HERE;
  throw error;
}

const tooMuch = (what: string): Failed =>
  new Failed({
    code: 'too-large',
    message: `The folder has ${what}; nothing of it was kept.`,
    hint: 'Copy a folder further down.',
  });
