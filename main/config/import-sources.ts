import type { Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { isMap } from 'yaml';
import { Failed } from '../lib/failed.ts';
import { Secret } from '../lib/secret.ts';
import { systemCode, toFileFailed } from './file-failure.ts';
import { parseTalosconfig, type ParsedTalosconfig } from './parse-talosconfig.ts';
import { isPlainMap, plainOf } from './plain-value.ts';
import { decodeText, readFileBytes } from './read-file.ts';
import { parseYaml } from './yaml-document.ts';

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
export async function findImportSources(path: string): Promise<FoundSources> {
  try {
    if (!(await stat(path)).isDirectory()) return { sources: [await readImportSource(path)], failures: [] };
    const files = await talosconfigsIn(path);
    const sources: ImportSource[] = [];
    const failures: Failed[] = [];
    for (const file of files) {
      try {
        sources.push(await readImportSource(file));
      } catch (error) {
        failures.push(toFileFailed(error, file));
      }
    }
    return { sources, failures };
  } catch (error) {
    return { sources: [], failures: [toFileFailed(error, path)] };
  }
}

/** Reads one file. Throws Failed like {@link readFileBytes} and {@link recogniseTalosconfig}. */
export async function readImportSource(path: string): Promise<ImportSource> {
  const { bytes } = await readFileBytes(path);
  return recogniseTalosconfig(bytes, path);
}

/**
 * Recognises a talosconfig in bytes: raw YAML, base64, gzip, the `data` or `stringData` of a Kubernetes Secret, and these
 * inside one another. Throws Failed `file-invalid` that says what it is instead, or `too-large`.
 */
export async function recogniseTalosconfig(bytes: Uint8Array, label: string): Promise<ImportSource> {
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
    const decoded = decodeBase64(text);
    if (decoded) {
      wrapped.push('base64');
      current = decoded;
      continue;
    }
    const inner = fromYaml(text, label);
    if (inner.kind === 'secret') {
      wrapped.push('kubernetes-secret');
      current = inner.bytes;
      continue;
    }
    const talosconfig = inner.talosconfig;
    if (talosconfig.contexts.length === 0) throw notOne(label, 'it is a talosconfig without contexts');
    return { label, wrapped, text: new Secret(text), talosconfig };
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

/** The bytes of a text that is base64 and nothing else (line breaks allowed). */
function decodeBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/[\s\uFEFF]+/g, '');
  // `contexts:` is no base64, and nothing shorter than this is a talosconfig.
  if (compact.length < 16 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined;
  return Buffer.from(compact, 'base64');
}

type Inner =
  | { readonly kind: 'talosconfig'; readonly talosconfig: ParsedTalosconfig }
  | { readonly kind: 'secret'; readonly bytes: Uint8Array };

function fromYaml(text: string, label: string): Inner {
  const what = describeOther(text, label);
  if (typeof what === 'string') throw notOne(label, what);
  if (what) return { kind: 'secret', bytes: what };
  return { kind: 'talosconfig', talosconfig: parseTalosconfig(text, label) };
}

/** The wrapped bytes of a Kubernetes Secret, or what a text is that is no talosconfig; undefined when it may be one. */
function describeOther(text: string, label: string): Uint8Array | string | undefined {
  const yaml = parseYaml(text, label);
  if (!yaml.root) return 'it is empty';
  if (!isMap(yaml.root)) return /-----BEGIN/.test(text) ? 'it is a key or certificate' : 'it is plain text or a list';
  const keys = new Set(yaml.root.items.map((pair) => String(pair.key)));
  if (keys.has('contexts') && keys.has('clusters') && keys.has('users'))
    return 'it is a kubeconfig; open it under Kubeconfig';
  if (keys.has('contexts') || keys.has('context')) return undefined;
  if (keys.has('machine') || keys.has('cluster')) return 'it is a machine configuration';
  if (keys.has('secrets') && keys.has('certs')) return 'it is the secrets bundle of a cluster (secrets.yaml)';
  const root = plainOf(yaml, label);
  if (!isPlainMap(root)) return undefined;
  if (root.get('kind') !== 'Secret') return undefined;
  const stringData = root.get('stringData');
  const data = root.get('data');
  const open = isPlainMap(stringData) ? stringData.get('talosconfig') : undefined;
  const encoded = isPlainMap(data) ? data.get('talosconfig') : undefined;
  // As in Kubernetes: stringData wins.
  if (typeof open === 'string') return Buffer.from(open);
  if (typeof encoded === 'string') return Buffer.from(encoded.replace(/\s+/g, ''), 'base64');
  return 'it is a Kubernetes Secret without “talosconfig” in data or stringData';
}

const notOne = (label: string, why: string): Failed =>
  new Failed({
    code: 'file-invalid',
    message: `${label} is not a talosconfig: ${why}.`,
    hint: 'Choose a talosconfig, or a Secret, base64 or gzip of one.',
    where: { file: label },
  });

/** Files called `talosconfig` in a folder and its folders. Links are not followed: they may lead anywhere. */
async function talosconfigsIn(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  let seen = 0;
  let level: readonly string[] = [folder];
  for (let depth = 1; depth <= MAX_FOLDER_DEPTH; depth++) {
    const next: string[] = [];
    for (const at of level) {
      for (const entry of await entriesOf(at, depth === 1)) {
        if (entry.isDirectory()) next.push(join(at, entry.name));
        else if (++seen > MAX_FOLDER_FILES) {
          throw new Failed({
            code: 'too-large',
            message: `${folder} holds more than 1,000 files.`,
            hint: 'Drop the talosconfig itself, or the folder directly around it.',
            where: { file: folder },
          });
        } else if (isTalosconfigName(entry.name) && (await lstat(join(at, entry.name))).isFile())
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

/** A folder below that cannot be read is passed over; the dropped one itself must be readable. */
async function entriesOf(folder: string, mustRead: boolean): Promise<Dirent[]> {
  try {
    return await readWithTypes(folder);
  } catch (error) {
    if (mustRead) throw error;
    return [];
  }
}

const readWithTypes = (folder: string): Promise<Dirent[]> => readdir(folder, { withFileTypes: true });
