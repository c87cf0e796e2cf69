import { realpath } from 'node:fs/promises';
import type { Problem } from '../../preload/contract/index.ts';
import type { Clock } from '../lib/clock.ts';
import { Secret } from '../lib/secret.ts';
import { toFileFailed } from '../files/file-failure.ts';
import type { Fingerprint } from '../files/fingerprint.ts';
import { isMountedByItself, MOUNTED_WARNING } from '../files/mounted-file.ts';
import { parseTalosconfig, type ParsedTalosconfig } from './parse-talosconfig.ts';
import { decodeText, readFileBytes } from '../files/read-file.ts';
import { looksWhole, readSettled } from '../files/settled-file.ts';

/** A talosconfig as read from disk. */
export interface TalosconfigFile extends ParsedTalosconfig {
  /** The path asked for. */
  readonly path: string;
  /** The file behind all symbolic links. */
  readonly realPath: string;
  /** The whole text. A secret, since it holds keys. */
  readonly text: Secret;
  readonly fingerprint: Fingerprint;
}

/** Options of {@link readTalosconfig}. */
export interface ReadOptions {
  /** Parses a text; the default does it here. The app gives one that parses large files in a worker. */
  readonly parse?: (text: string, file: string) => ParsedTalosconfig | Promise<ParsedTalosconfig>;
  /** Waits, on this clock, while another program writes the file. Without it the file is read as it is. */
  readonly clock?: Clock;
  /** True for versions that are known to be whole, such as our own. */
  readonly isKnown?: (sha256: string) => boolean;
  /** Tells whether modes mean something (not on Windows). Default: this system. */
  readonly platform?: NodeJS.Platform;
}

/**
 * Reads a talosconfig. Contexts with a wrong shape are listed with their problem. Throws Failed with `where.file`:
 * file-missing, file-access (a folder, no permission …), too-large (above 32 MB), file-invalid (line and column).
 */
export async function readTalosconfig(path: string, options: ReadOptions = {}): Promise<TalosconfigFile> {
  const { clock, isKnown, parse = parseTalosconfig } = options;
  // What is parsed to see whether it is whole is not parsed again.
  let last: { readonly bytes: Buffer; readonly parsed: Promise<ParsedTalosconfig> } | undefined;
  const parsedOf = (bytes: Buffer): Promise<ParsedTalosconfig> => {
    if (last?.bytes !== bytes) last = { bytes, parsed: (async () => parse(decodeText(bytes, path), path))() };
    return last.parsed;
  };
  const isWhole = async (bytes: Buffer): Promise<boolean> =>
    looksWhole(bytes) && (await parsedOf(bytes).then(isReady, () => false));
  const read = clock ? readSettled(path, { clock, isWhole, ...(isKnown && { isKnown }) }) : readFileBytes(path);
  const { bytes, fingerprint } = await read;
  const parsed = await parsedOf(bytes);
  const text = decodeText(bytes, path);
  const realPath = await realpath(path).catch((error: unknown) => {
    throw toFileFailed(error, path);
  });
  const mount: readonly Problem[] = (await isMountedByItself(realPath))
    ? [{ severity: 'warning', message: MOUNTED_WARNING, field: 'mount' }]
    : [];
  const mode = modeProblems(fingerprint.mode, options.platform ?? process.platform);
  const problems = [...parsed.problems, ...mode, ...mount];
  return { ...parsed, problems, path, realPath, text: new Secret(text), fingerprint };
}

const isReady = ({ status }: ParsedTalosconfig): boolean => status === 'ready';

function modeProblems(mode: number, platform: NodeJS.Platform): readonly Problem[] {
  if (platform === 'win32' || (mode & 0o077) === 0) return [];
  return [
    {
      severity: 'warning',
      message: `Other users of this computer may access this file (mode ${mode.toString(8).padStart(4, '0')}).`,
      hint: 'Set its mode to 0600.',
      field: 'mode',
    },
  ];
}
