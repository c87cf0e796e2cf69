import type { Dirent } from 'node:fs';
import { lstat, opendir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Failure } from '../../preload/contract/index.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { Secret } from '../lib/secret.ts';
import { systemCode, toFileFailed } from '../files/file-failure.ts';
import { ImportBudget } from './import-budget.ts';
import type { ParsedTalosconfig } from './parse-talosconfig.ts';
import { decodeText } from '../files/read-file.ts';
import { notOne, USUAL_HINT } from './recognise/not-one.ts';
import { MAX_PARTS, type Part, type Wrapping } from './recognise/part.ts';
import { recogniseText, type RecognisedText } from './recognise/recognise-text.ts';
import { readSettled } from '../files/settled-file.ts';
import type { ContextContent } from './talosconfig-edit.ts';

/** Most that a gzip may unpack to: 1 MiB. */
const MAX_IMPORTED_BYTES = 1024 * 1024;
/** Most files of a dropped folder that are looked at. */
const MAX_FOLDER_FILES = 1_000;
/** Levels of a dropped folder that are looked at; 1 is the folder itself. */
const MAX_FOLDER_DEPTH = 2;

/** A talosconfig that was recognised somewhere. */
export interface ImportSource {
  /** Where it comes from, for the user: a path or `clipboard`. */
  readonly label: string;
  /** How it was wrapped, outermost first. */
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
 * Finds talosconfigs at a dropped or chosen path. A file must be one, in any wrapping; of a folder only files that are
 * called so are read: `talosconfig`, `….talosconfig` and the `config` of `~/.talos` (never its controlplane.yaml or secrets.yaml). Never throws for what is found, only says it.
 */
export async function findImportSources(path: string, options: FindOptions = {}): Promise<FoundSources> {
  const { budget = new ImportBudget() } = options;
  try {
    if (!(await stat(path)).isDirectory()) {
      return await readImportSource(path, { ...options, budget });
    }
    const files = await talosconfigsIn(path);
    const sources: ImportSource[] = [];
    const failures: Failed[] = [];
    for (const file of files) {
      try {
        const found = await readImportSource(file, { ...options, budget });
        sources.push(...found.sources);
        failures.push(...found.failures);
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

/** Reads one file. Throws Failed like {@link readSettled}. */
async function readImportSource(
  path: string,
  { budget, recognise, clock = systemClock }: FindOptions & { readonly budget: ImportBudget },
): Promise<FoundSources> {
  budget.check(path);
  const { bytes } = await readSettled(path, { clock });
  budget.take(bytes.length);
  return recogniseAll(bytes, path, recognise);
}

/**
 * Recognises the talosconfigs in bytes: raw YAML, base64, gzip, Kubernetes Secrets and Lists of them, output of programs,
 * Markdown, several documents, and these inside one another. Where several things come in one text, those that are no
 * talosconfig are named. Never throws for what is found.
 */
export async function recogniseAll(
  bytes: Uint8Array,
  label: string,
  recognise: Recognise = recogniseText,
): Promise<FoundSources> {
  const look = new Look(recognise);
  await look.into(bytes, label, []);
  return look.found;
}

/** One look at bytes and all that is wrapped in them. */
class Look {
  readonly #recognise: Recognise;
  readonly #sources: ImportSource[] = [];
  readonly #failures: Failed[] = [];
  #parts = 0;

  constructor(recognise: Recognise) {
    this.#recognise = recognise;
  }

  get found(): FoundSources {
    return { sources: this.#sources, failures: this.#failures };
  }

  async into(bytes: Uint8Array, label: string, wrapped: readonly Wrapping[]): Promise<void> {
    try {
      await this.#lookInto(bytes, label, wrapped);
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      this.#failures.push(error);
    }
  }

  async #lookInto(bytes: Uint8Array, label: string, wrapped: readonly Wrapping[]): Promise<void> {
    // Three wrappings are what a Secret of a packed file has; more is a bomb.
    if (wrapped.length > 4) throw notOne(label, 'it is wrapped too many times');
    if (bytes[0] === 0x1f && bytes[1] === 0x8b)
      return this.#lookInto(await unpack(bytes, label), label, [...wrapped, 'gzip']);
    const text = decodeText(bytes, label);
    if (text.trim() === '') throw notOne(label, wrapped.length === 0 ? 'it is empty' : 'what it wraps is empty');
    const recognised = await this.#recognise(text, label);
    if (recognised.kind === 'talosconfig') {
      const { talosconfig, contents } = recognised;
      if (talosconfig.contexts.length === 0) throw notOne(label, 'it is a talosconfig without contexts');
      this.#sources.push({ label, wrapped, text: new Secret(text), talosconfig, contents });
      return;
    }
    await this.#lookIntoParts(recognised, label, [...wrapped, recognised.kind]);
  }

  async #lookIntoParts(
    { kind, parts }: Extract<RecognisedText, { readonly parts: unknown }>,
    label: string,
    wrapped: readonly Wrapping[],
  ): Promise<void> {
    const names = namesFor(parts, label);
    const others: string[] = [];
    const sourcesBefore = this.#sources.length;
    const failures: Failed[] = [];
    for (const [index, part] of parts.entries()) {
      if (++this.#parts > MAX_PARTS) {
        failures.push(tooManyParts(label));
        break;
      }
      const bytes = Buffer.from(part.base64.reveal(), 'base64');
      const inner = new Look(this.#recognise);
      inner.#parts = this.#parts;
      await inner.into(bytes, names[index] ?? label, wrapped);
      this.#parts = inner.#parts;
      this.#sources.push(...inner.#sources);
      // What speaks of contexts was meant to be one.
      const isMeant = inner.#sources.length > 0 || bytes.includes('contexts');
      if (parts.length === 1 || isMeant) failures.push(...inner.#failures);
      else
        others.push(...inner.#failures.map(({ failure }) => `${part.name ?? `part ${index + 1}`}: ${whyOf(failure)}`));
    }
    const isNothing = this.#sources.length === sourcesBefore && failures.length === 0;
    // Text around a block of Markdown is no loss; a document that is passed over would be.
    if (others.length > 0 && (isNothing || kind === 'documents')) failures.push(othersIn(label, others, isNothing));
    this.#failures.push(...failures);
  }
}

/** `clipboard (prod)`, so that each source has a name of its own; the label itself where there is one part. */
function namesFor(parts: readonly Part[], label: string): readonly string[] {
  if (parts.length === 1) return [label];
  const names = parts.map(({ name }, index) => `${label} (${(name ?? `part ${index + 1}`).slice(0, 100)})`);
  return names.map((name, index) => (names.indexOf(name) === index ? name : `${name} #${index + 1}`));
}

/** `it is a machine configuration`, of a failure that says so; any other sentence without its full stop. */
const whyOf = ({ message }: Failure): string =>
  /is not a talosconfig: (.*)\.$/s.exec(message)?.[1] ?? message.replace(/\.$/, '');

function othersIn(label: string, others: readonly string[], isNothing: boolean): Failed {
  const more = others.length > 5 ? ` and ${others.length - 5} more` : '';
  return new Failed({
    code: 'file-invalid',
    message: `${label} holds ${isNothing ? 'no talosconfig' : 'more than talosconfigs'}: ${others.slice(0, 5).join('; ')}${more}.`,
    hint: isNothing ? USUAL_HINT : 'These are left out.',
    where: { file: label },
  });
}

const tooManyParts = (label: string): Failed =>
  new Failed({
    code: 'too-large',
    message: `${label} holds more than ${MAX_PARTS} talosconfigs or documents; only the first ones were looked at.`,
    hint: 'Import fewer at once.',
    where: { file: label },
  });

async function unpack(bytes: Uint8Array, label: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MAX_IMPORTED_BYTES });
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

/** Files that are called like talosconfigs in a folder and its folders. Links are not followed: they may lead anywhere. */
async function talosconfigsIn(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const configs: string[] = [];
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
        else if (/config/i.test(entry.name) && (await isFile(join(at, entry.name)))) {
          if (isTalosconfigName(entry.name) || (entry.name === 'config' && basename(at) === '.talos'))
            found.push(join(at, entry.name));
          // A folder that TALOS_HOME names is called as its owner likes.
          else if (entry.name === 'config' && depth === 1) configs.push(join(at, entry.name));
        }
      }
    }
    level = next;
  }
  if (found.length > 0) return found.sort();
  if (configs.length > 0) return configs;
  throw new Failed({
    code: 'not-found',
    message: `${basename(folder)} holds no file called talosconfig, ….talosconfig or .talos/config (looked two levels deep).`,
    hint: 'Drop the talosconfig itself.',
    where: { file: folder },
  });
}

const isTalosconfigName = (name: string): boolean => /^(?:.*\.)?talosconfig(?:\.ya?ml)?$/i.test(name);

const isFile = async (path: string): Promise<boolean> => (await lstat(path)).isFile();

/** A folder below that cannot be read is passed over; the dropped one itself must be readable. Read as far as it is asked for. */
async function* entriesOf(folder: string, mustRead: boolean): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (mustRead || error instanceof Failed) throw error;
  }
}
