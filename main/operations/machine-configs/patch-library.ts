import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { LibraryPatch, PatchLibraryState } from '../../../preload/contract/index.ts';
import { decodeText, readFileBytes } from '../../files/read-file.ts';
import { Failed } from '../../lib/failed.ts';
import { checkTemplate } from '../../machine-config/library/check-template.ts';
import { fillVariables } from '../../machine-config/library/fill-variables.ts';
import { patchFile, patchOfFile, type PlainPatch } from '../../machine-config/library/plain-file.ts';
import { variablesOf } from '../../machine-config/library/variables.ts';
import { SavedPatchesFile, type KeptPatch, type SavedPatchesFileOptions } from './saved-patches-file.ts';

/** Largest file that is imported. */
const MOST_BYTES = 400_000;

/** Patches that the user keeps, with variables that are asked for when they are used. None of them holds a secret. */
export class PatchLibrary {
  readonly #file: SavedPatchesFile;
  readonly #clock: SavedPatchesFileOptions['clock'];

  constructor(options: SavedPatchesFileOptions) {
    this.#file = new SavedPatchesFile(options);
    this.#clock = options.clock;
  }

  /** All of them, by name. Throws Failed `file-invalid` or `file-access`. */
  async list(): Promise<PatchLibraryState> {
    const { patches, isWhole } = await this.#file.read();
    return { saved: patches.map(shown).sort(byName), isWhole };
  }

  /**
   * Keeps a patch: a new one, or in the place of the one with this id, which may have been deleted meanwhile. Throws Failed: `invalid` for a
   * secret, `file-invalid` for what is no patch, `conflict` for a name that is taken, `too-large`.
   */
  async save({
    id = randomUUID(),
    ...patch
  }: PlainPatch & { readonly id?: string | undefined }): Promise<LibraryPatch> {
    checkTemplate(patch.text);
    const kept: KeptPatch = { id, ...patch, savedAtMs: this.#clock.now() };
    await this.#file.update((patches) => {
      if (patches.some((one) => one.id !== id && one.name === patch.name)) throw taken(patch.name);
      return [...patches.filter((one) => one.id !== id), kept];
    });
    return shown(kept);
  }

  /** Forgets one; one that is not there is forgotten already. Throws Failed. */
  async remove(id: string): Promise<void> {
    await this.#file.update((patches) => patches.filter((one) => one.id !== id));
  }

  /** Those of files that the user chose, each kept under a name that is free. Throws Failed that names the file, see {@link save}. */
  async importFiles(paths: readonly string[]): Promise<readonly LibraryPatch[]> {
    const imported: LibraryPatch[] = [];
    for (const path of paths) imported.push(await this.#importFile(path));
    return imported;
  }

  async #importFile(path: string): Promise<LibraryPatch> {
    const file = basename(path);
    try {
      const { bytes } = await readFileBytes(path, MOST_BYTES);
      const patch = patchOfFile(decodeText(bytes, path), file);
      const { patches } = await this.#file.read();
      return await this.save({ ...patch, ...bounded(patch, new Set(patches.map(({ name }) => name))) });
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      throw new Failed({ ...error.failure, message: `${file}: ${error.failure.message}` }, error);
    }
  }

  /** One as a file. Throws Failed `not-found`. */
  async exported(id: string): Promise<PlainPatch & { readonly content: string }> {
    const found = (await this.#file.read()).patches.find((one) => one.id === id);
    if (found === undefined) throw new Failed({ code: 'not-found', message: 'This patch is not kept any more.' });
    return { ...found, content: patchFile(found) };
  }
}

/** A patch with values in the place of its variables. Throws Failed `invalid` that names the variable, see {@link fillVariables}. */
export const filledPatch = (text: string, values: Readonly<Record<string, string>>): { readonly text: string } => ({
  text: fillVariables(text, new Map(Object.entries(values))),
});

const byName = (a: LibraryPatch, b: LibraryPatch): number => a.name.localeCompare(b.name, 'en', { numeric: true });

const shown = ({ id, name, about, text }: KeptPatch): LibraryPatch => ({
  id,
  name,
  about,
  text,
  variables: knownIn(text),
});

/** What was kept by another version may have variables where this one allows none: it can be looked at and deleted. */
function knownIn(text: string): LibraryPatch['variables'] {
  try {
    return variablesOf(text);
  } catch (error) {
    if (error instanceof Failed) return [];
    throw error;
  }
}

/** A name of a file as one of the library, `(2)` behind one that is taken. */
function bounded({ name, about }: PlainPatch, names: ReadonlySet<string>): Pick<PlainPatch, 'name' | 'about'> {
  const stem = name.trim().slice(0, 70) || 'Patch';
  let free = stem;
  for (let count = 2; names.has(free); count++) free = `${stem} (${count})`;
  return { name: free, about: about.slice(0, 500) };
}

const taken = (name: string): Failed =>
  new Failed({
    code: 'conflict',
    message: `There is a saved patch called "${name}" already.`,
    where: { field: 'name' },
  });
