import { Failed } from '../../lib/failed.ts';
import { cutShort } from '../../lib/redact.ts';
import { parseVersion, type Version } from '../../talos/version.ts';
import { isPlainList, isPlainMap, Literal, plainOf, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { parseYaml } from '../../yaml/yaml-document.ts';

/** Largest package that is fetched. */
const MOST_PACKAGE_BYTES = 1024 * 1024 * 1024;
/** Most of the notes that is shown. */
const MOST_NOTES = 20_000;
/** Most packages that are looked at. */
const MOST_FILES = 50;

/** A package of a version. */
export interface UpdatePackage {
  /** Name of the file beside the one that names the version; no path. */
  readonly name: string;
  /** SHA-512 in base64. */
  readonly sha512: string;
  readonly sizeBytes: number;
}

/** What the file that names the newest version says, as far as Minos goes by it. */
export interface VersionFile {
  /** `1.2.0`; a release, never a pre-release. */
  readonly version: string;
  readonly notes?: string;
  readonly releasedAtMs?: number;
  /** Those that can be fetched: beside the file, with a checksum and a size. */
  readonly packages: readonly UpdatePackage[];
}

/**
 * Reads what electron-builder writes (`latest.yml` and its kin). It comes from outside: only what is understood is taken, and a package
 * by any other name than a plain one is none. Throws Failed `file-invalid` for what names no version.
 */
export function readVersionFile(text: string): VersionFile {
  const file = mapOf(text);
  const version = textOf(file.get('version'));
  if (version === undefined || releaseOf(version) === undefined) throw notAVersionFile();
  const notes = textOf(file.get('releaseNotes'))?.trim();
  const releasedAtMs = Date.parse(textOf(file.get('releaseDate')) ?? '');
  const files = file.get('files');
  return {
    version,
    ...(notes !== undefined && notes !== '' && { notes: cutShort(notes, MOST_NOTES) }),
    ...(Number.isFinite(releasedAtMs) && { releasedAtMs }),
    packages: isPlainList(files) ? files.slice(0, MOST_FILES).flatMap(packageOf) : [],
  };
}

/** A version of three plain numbers, as Minos is released; undefined for everything else. */
export function releaseOf(text: string): Version | undefined {
  return /^\d{1,5}\.\d{1,5}\.\d{1,5}$/.test(text) ? parseVersion(text) : undefined;
}

/** The package of a version for this computer: the installer on Windows, the zip of the processor on macOS. Undefined where there is none. */
export function packageFor(
  { packages }: Pick<VersionFile, 'packages'>,
  platform: NodeJS.Platform,
  arch: string,
): UpdatePackage | undefined {
  if (platform === 'win32') return packages.find(({ name }) => name.endsWith('.exe') && isFor(name, arch));
  if (platform !== 'darwin') return undefined;
  return packages.find(({ name }) => name.endsWith('.zip') && isFor(name, arch));
}

/** Names of our packages say the processor (`artifactName` in electron-builder.yml). */
const isFor = (name: string, arch: string): boolean => name.slice(0, -'.exe'.length).endsWith(`-${arch}`);

function packageOf(value: PlainValue): readonly UpdatePackage[] {
  if (!isPlainMap(value)) return [];
  const name = textOf(value.get('url'));
  const sha512 = textOf(value.get('sha512'));
  const sizeBytes = Number(textOf(value.get('size')));
  if (name === undefined || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(name)) return [];
  if (sha512 === undefined || !/^[A-Za-z0-9+/]{86}==$/.test(sha512)) return [];
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 1 || sizeBytes > MOST_PACKAGE_BYTES) return [];
  return [{ name, sha512, sizeBytes }];
}

function mapOf(text: string): PlainMap {
  try {
    const value = plainOf(parseYaml(text));
    if (isPlainMap(value)) return value;
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
  }
  throw notAVersionFile();
}

const textOf = (value: PlainValue | undefined): string | undefined =>
  typeof value === 'string' ? value : value instanceof Literal ? value.text : undefined;

const notAVersionFile = (): Failed =>
  new Failed({
    code: 'file-invalid',
    message: 'The file that should name the newest version of Minos names none.',
    hint: 'Look again later, or look where you got Minos from.',
    retry: 'safe',
  });
