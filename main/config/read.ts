import { realpath } from 'node:fs/promises';
import type { Problem } from '../../preload/contract/index.ts';
import { Secret } from '../lib/secret.ts';
import { toFileFailed } from './file-failure.ts';
import type { Fingerprint } from './fingerprint.ts';
import { parseTalosconfig, type ParsedTalosconfig } from './parse-talosconfig.ts';
import { decodeText, readFileBytes } from './read-file.ts';

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
  /** Tells whether modes mean something (not on Windows). Default: this system. */
  readonly platform?: NodeJS.Platform;
}

/**
 * Reads a talosconfig. Contexts with a wrong shape are listed with their problem. Throws Failed with `where.file`:
 * file-missing, file-access (a folder, no permission …), too-large (above 32 MB), file-invalid (line and column).
 */
export async function readTalosconfig(path: string, options: ReadOptions = {}): Promise<TalosconfigFile> {
  const { bytes, fingerprint } = await readFileBytes(path);
  const text = decodeText(bytes, path);
  const parsed = await (options.parse ?? parseTalosconfig)(text, path);
  const realPath = await realpath(path).catch((error: unknown) => {
    throw toFileFailed(error, path);
  });
  const problems = [...parsed.problems, ...modeProblems(fingerprint.mode, options.platform ?? process.platform)];
  return { ...parsed, problems, path, realPath, text: new Secret(text), fingerprint };
}

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
