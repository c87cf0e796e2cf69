import type { Dirent } from 'node:fs';
import { lstat, opendir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { systemClock, type Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { Secret } from '../lib/secret.ts';
import { systemCode, toFileFailed } from './file-failure.ts';
import { ImportBudget } from './bounds/import-budget.ts';
import type { ParsedTalosconfig } from './parse-talosconfig.ts';
import { decodeText } from './read-file.ts';
import { notOne, recogniseText, type RecognisedText } from './recognise-text.ts';
import { readSettled } from './settled-file.ts';
import type { ContextContent } from './talosconfig-edit.ts';

/** Most that a gzip may unpack to: 1 MiB. */
export const MAX_UNPACKED_BYTES = 1024 * 1024;
/** Most files of a dropped folder that are looked at. */
export const MAX_FOLDER_FILES = 1_000;
/** Levels of a dropped folder that are looked at; 1 is the folder itself. */
export const MAX_FOLDER_DEPTH = 2;

/** How a talosconfig was wrapped, outermost first. */
export type Wrapping = 'gzip' | 'base64' | 'kubernetes-secret';

/** A talosconfig that was recognised somewhere. */
export interface ImportSource {
  /** Where it comes from, for the user: a path or `clipboard`. */
  readonly label: string;
  readonly wrapped: readonly Wrapping[];
  readonly text: Secret;
  /** Its contexts; at least one. */
  readonly talosconfig: ParsedTalosconfig;
  /** What its contexts hold, by name; a broken one is missing. */
  readonly contents: ReadonlyMap<string, ContextContent>;
}

/** Looks at one text. The default does it here; the app gives one that does it in a worker for large texts. */
export type Recognise = (text: string, label: string) => RecognisedText | Promise<RecognisedText>;

/** Options of {@link findImportSources}. */
export interface FindOptions {
  readonly recognise?: Recognise;
  readonly budget?: ImportBudget;
  /** To wait while another program writes a file. */
  readonly clock?: Clock;
}

/** What was found at one dropped path: sources and, for each file that is none, why. */
export interface FoundSources {
  readonly sources: readonly ImportSource[];
  readonly failures: readonly Failed[];
}

/**
 * Finds talosconfigs at a dropped or chosen path. A file must be one, in any wrapping; of a folder only files called
 * `talosconfig` are read (never its controlplane.yaml or secrets.yaml). Never throws for what is found, only says it.
 */
export async function findImportSources(path: string, options: FindOptions = {}): Promise<FoundSources> {
  const { budget = new ImportBudget() } = options;
  try {
    if (!(await stat(path)).isDirectory()) {
      return { sources: [await readImportSource(path, { ...options, budget })], failures: [] };
    }
    const files = await talosconfigsIn(path);
    const sources: ImportSource[] = [];
    const failures: Failed[] = [];
    for (const file of files) {
      try {
        sources.push(await readImportSource(file, { ...options, budget }));
      } catch (error) {
        failures.push(toFileFailed(error, file));
        if (budget.isSpent) break;
      }
    }
    return { sources, failures };
  } catch (error) {
    return { sources: [], failures: [toFileFailed(error, path)] };
  }
}

/** Reads one file. Throws Failed like {@link readSettled} and {@link recogniseTalosconfig}. */
async function readImportSource(
  path: string,
  { budget, recognise, clock = systemClock }: FindOptions & { readonly budget: ImportBudget },
): Promise<ImportSource> {
  budget.check(path);
  const { bytes } = await readSettled(path, { clock });
  budget.take(bytes.length);
  return recogniseTalosconfig(bytes, path, recognise);
}

/**
 * Recognises a talosconfig in bytes: raw YAML, base64, gzip, the `data` or `stringData` of a Kubernetes Secret, and these
 * inside one another. Throws Failed `file-invalid` that says what it is instead, or `too-large`.
 */
export async function recogniseTalosconfig(
  bytes: Uint8Array,
  label: string,
  recognise: Recognise = recogniseText,
): Promise<ImportSource> {
  const wrapped: Wrapping[] = [];
  let current = bytes;
  for (;;) {
    // Three wrappings are what a Secret of a packed file has; more is a bomb.
    if (wrapped.length > 4) throw notOne(label, 'it is wrapped too many times');
    if (current[0] === 0x1f && current[1] === 0x8b) {
      wrapped.push('gzip');
      current = await unpack(current, label);
      continue;
    }
    const text = decodeText(current, label);
    if (text.trim() === '') throw notOne(label, wrapped.length === 0 ? 'it is empty' : 'what it wraps is empty');
    const recognised = await recognise(text, label);
    if (recognised.kind !== 'talosconfig') {
      wrapped.push(recognised.kind);
      current = Buffer.from(recognised.base64.reveal(), 'base64');
      continue;
    }
    const { talosconfig, contents } = recognised;
    if (talosconfig.contexts.length === 0) throw notOne(label, 'it is a talosconfig without contexts');
    return { label, wrapped, text: new Secret(text), talosconfig, contents };
  }
}

async function unpack(bytes: Uint8Array, label: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    if (systemCode(error) === 'ERR_BUFFER_TOO_LARGE') {
      throw new Failed({
        code: 'too-large',
        message: `${label} unpacks to more than 1 MiB.`,
        hint: 'A talosconfig is much smaller; check that this is the right file.',
        where: { file: label },
      });
    }
    throw notOne(label, 'it is a damaged gzip file');
  }
}

/** Files called `talosconfig` in a folder and its folders. Links are not followed: they may lead anywhere. */
async function talosconfigsIn(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  let seen = 0;
  const see = (): void => {
    if (++seen <= MAX_FOLDER_FILES) return;
    throw new Failed({
      code: 'too-large',
      message: `${folder} holds more than 1,000 files.`,
      hint: 'Drop the talosconfig itself, or the folder directly around it.',
      where: { file: folder },
    });
  };
  let level: readonly string[] = [folder];
  for (let depth = 1; depth <= MAX_FOLDER_DEPTH; depth++) {
    const next: string[] = [];
    for (const at of level) {
      for await (const entry of entriesOf(at, depth === 1)) {
        see();
        if (entry.isDirectory()) next.push(join(at, entry.name));
        else if (isTalosconfigName(entry.name) && (await lstat(join(at, entry.name))).isFile())
          found.push(join(at, entry.name));
      }
    }
    level = next;
  }
  if (found.length > 0) return found.sort();
  throw new Failed({
    code: 'not-found',
    message: `${basename(folder)} holds no file called talosconfig (looked two levels deep).`,
    hint: 'Drop the talosconfig itself.',
    where: { file: folder },
  });
}

const isTalosconfigName = (name: string): boolean => /^talosconfig(\.ya?ml)?$/i.test(name);

/** A folder below that cannot be read is passed over; the dropped one itself must be readable. Read as far as it is asked for. */
async function* entriesOf(folder: string, mustRead: boolean): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (mustRead || error instanceof Failed) throw error;
  }
}
