import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { Failed } from '../lib/failed.ts';
import { systemCode, toFileFailed } from './file-failure.ts';
import { writeWholeFile } from './write-whole-file.ts';

/** A saved selection of nodes of one context. */
const groupSchema = v.strictObject({
  /** The context's id. */
  context: v.pipe(v.string(), v.maxLength(6000)),
  name: v.pipe(v.string(), v.maxLength(64)),
  selection: v.pipe(v.string(), v.maxLength(4096)),
});

/** Most certificates remembered; older ones are forgotten. */
export const MAX_TOLD = 10_000;

const fingerprint = v.pipe(v.string(), v.maxLength(64));

/** Where kubeconfigs go, and from which Talos context each cluster was fetched. */
const kubeconfigSchema = v.strictObject({
  /** Path of the file that was merged into last. */
  target: v.optional(v.pipe(v.string(), v.maxLength(4096))),
  sources: v.pipe(
    v.array(
      v.strictObject({
        context: v.pipe(v.string(), v.maxLength(1024)),
        talosAuthorities: v.pipe(v.array(fingerprint), v.maxLength(100)),
        server: v.pipe(v.string(), v.maxLength(2048)),
        authorities: v.pipe(v.array(fingerprint), v.maxLength(100)),
      }),
    ),
    v.maxLength(10_000),
  ),
});

/** How far the user was told about the end of a certificate. */
const expiryToldSchema = v.strictObject({
  fingerprint,
  /** The least number of days left that was told of; 0: that it has expired. */
  days: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

const settingsSchema = v.strictObject({
  version: v.literal(3),
  groups: v.pipe(v.array(groupSchema), v.maxLength(10_000)),
  /** Talosconfig files open beside the primary one. */
  talosconfigs: v.pipe(v.array(v.pipe(v.string(), v.maxLength(4096))), v.maxLength(100)),
  kubeconfig: v.optional(kubeconfigSchema),
  /** Oldest first. */
  expiryTold: v.pipe(v.array(expiryToldSchema), v.maxLength(MAX_TOLD)),
});

/** Minos's own settings. Holds no credentials. */
export type Settings = v.InferOutput<typeof settingsSchema>;

/** Settings of a Minos that has none yet. */
export const NO_SETTINGS: Settings = { version: 3, groups: [], talosconfigs: [], expiryTold: [] };

/** The newest version this Minos writes. */
export const SETTINGS_VERSION = 3;

/** Pure steps from version n to n + 1, by n. Each has a fixture in the tests. */
type Migrations = Readonly<
  Record<number, (old: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>>
>;
const MIGRATIONS: Migrations = {
  1: (old) => ({ ...old, talosconfigs: [] }),
  2: (old) => ({ ...old, expiryTold: [] }),
};

/** The text of a settings file as today's settings. Throws Failed `file-invalid`. */
export function readSettings(text: string, migrations = MIGRATIONS, newest = SETTINGS_VERSION): Settings {
  let value = asRecord(parseJson(text));
  for (let version = versionOf(value); version < newest; version = versionOf(value)) {
    const migrate = migrations[version];
    if (migrate === undefined) throw invalid(`it has version ${version}, from which there is no way to ${newest}`);
    value = { ...migrate(value), version: version + 1 };
  }
  if (versionOf(value) > newest) throw invalid('a newer Minos wrote it');
  const parsed = v.safeParse(settingsSchema, value);
  if (parsed.success) return parsed.output;
  throw invalid(`${v.getDotPath(parsed.issues[0]) ?? 'its content'} is not what Minos writes`);
}

/**
 * The settings file. A file that cannot be read is never overwritten: its user may know better (a newer Minos, an editor).
 * Changes are made one after another.
 */
export class SettingsFile {
  readonly #path: string;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** Throws Failed `file-invalid` or `file-access`. A missing file is no settings. */
  async read(): Promise<Settings> {
    try {
      return readSettings(await readFile(this.#path, 'utf8'));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return NO_SETTINGS;
      throw toFileFailed(error, this.#path);
    }
  }

  /** Reads, changes, writes. Resolves with what is in the file now. Throws Failed; then nothing has changed. */
  update(change: (settings: Settings) => Settings): Promise<Settings> {
    const done = this.#queue.then(async () => {
      const changed = change(await this.read());
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      await writeWholeFile(this.#path, [`${JSON.stringify(changed, null, 2)}\n`]);
      return changed;
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid('it is not JSON', error);
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw invalid('it is not a JSON object');
  return value as Readonly<Record<string, unknown>>;
}

function versionOf(value: Readonly<Record<string, unknown>>): number {
  const { version } = value;
  if (typeof version === 'number' && Number.isInteger(version) && version > 0) return version;
  throw invalid('it names no version');
}

function invalid(why: string, cause?: unknown): Failed {
  return new Failed(
    {
      code: 'file-invalid',
      message: `Minos's settings cannot be read: ${why}.`,
      hint: 'Move the settings file away to start with new ones; it is not overwritten.',
    },
    cause,
  );
}
