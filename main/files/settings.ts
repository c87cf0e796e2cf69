import * as v from 'valibot';
import { formatNumber } from '../../preload/contract/format/numbers.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { silentLog, type Log } from '../lib/log.ts';
import { readOwnFile } from './own/own-file.ts';
import { keepBrokenFile, removeOwnLeftovers, replaceOwnFile } from './own/replace-own-file.ts';
import { markedPlace, NO_SETTINGS, settingsIn, settingsSchema, type Settings } from './own/settings-schema.ts';

export {
  DEFAULT_CHOICES,
  MAX_ATTENTION_TOLD,
  MAX_MUTES,
  MAX_SNAPSHOTS,
  MAX_TOLD,
  NO_SETTINGS,
  type Settings,
} from './own/settings-schema.ts';

/** The newest version this Minos writes. */
const SETTINGS_VERSION = 8;

/** Largest settings file that is read and written. */
export const MAX_SETTINGS_BYTES = 8 * 1024 * 1024;

/** Pure steps from version n to n + 1, by n. Each has a fixture in the tests. */
type Migrations = Readonly<
  Record<number, (old: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>>
>;
const MIGRATIONS: Migrations = {
  1: (old) => ({ ...old, talosconfigs: [] }),
  2: (old) => ({ ...old, expiryTold: [] }),
  3: (old) => ({ ...old, production: [] }),
  4: (old) => ({ ...old, mutes: [], isNotifying: false }),
  5: (old) => ({ ...old, snapshots: [] }),
  6: (old) => ({ ...old, attentionTold: [] }),
  7: (old) => ({ ...old, choices: {} }),
};

/** What a settings file says. */
export interface ReadSettings {
  readonly settings: Settings;
  /** What in it could not be read and is left out, each a part of a sentence. */
  readonly problems: readonly string[];
  /** Nothing of it could be read. */
  readonly isLost?: true;
}

/**
 * The text of a settings file as today's settings; what is broken loses only itself. Throws Failed `file-invalid` for
 * one that a newer Minos wrote: that is not broken.
 */
export function readSettings(text: string, migrations = MIGRATIONS, newest = SETTINGS_VERSION): ReadSettings {
  const parsed = parseObject(text);
  if (typeof parsed === 'string') return lost(parsed);
  let value = parsed;
  const first = versionOf(value);
  if (first === undefined) {
    const { settings, problems } = settingsIn({ ...NO_SETTINGS, ...value, version: newest });
    return { settings, problems: ['it names no version', ...problems] };
  }
  if (first > newest) throw writtenByNewer();
  for (let version = first; version < newest; version++) {
    const migrate = migrations[version];
    if (migrate === undefined) return lost(`it has version ${version}, which no Minos wrote`);
    value = { ...migrate(value), version: version + 1 };
  }
  return settingsIn(value);
}

const lost = (problem: string): ReadSettings => ({ settings: NO_SETTINGS, problems: [problem], isLost: true });

/** What a {@link SettingsFile} tells of, and by which clock it names copies. */
export interface SettingsFileOptions {
  readonly clock?: Clock;
  /** Told of what is broken in the file, and where it was kept. */
  readonly log?: Log;
}

/**
 * The settings file. Changes are made one after another and checked before they are written. A file in which something is
 * broken is kept under another name before it is overwritten; one of a newer Minos is never overwritten. Production marks
 * that were read before the file broke are kept.
 */
export class SettingsFile {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #log: Log;
  #queue: Promise<unknown> = Promise.resolve();
  #told = '';
  /** As they were read or written last: a file that is damaged while Minos runs takes no mark away. */
  #production: Settings['production'] = [];

  constructor(path: string, { clock = systemClock, log = silentLog }: SettingsFileOptions = {}) {
    this.#path = path;
    this.#clock = clock;
    this.#log = log;
  }

  /** Throws Failed `file-invalid` or `file-access`. A missing file is no settings. */
  async read(): Promise<Settings> {
    return (await this.readAll()).settings;
  }

  /** {@link read}, with what could not be read. */
  async readAll(): Promise<ReadSettings> {
    const read = await this.#readNow();
    const problems = read.problems.join('; ');
    if (problems !== '' && problems !== this.#told) {
      this.#log.write('warn', 'a part of the settings cannot be read and is left out', { file: this.#path, problems });
    }
    this.#told = problems;
    const { production } = read.settings;
    this.#production = problems === '' ? production : withKnown(production, this.#production);
    return { ...read, settings: { ...read.settings, production: this.#production } };
  }

  /**
   * Reads, changes, checks, writes. Resolves with what is in the file now. Throws Failed, `too-large` for more than the
   * file may hold; then nothing has changed.
   */
  update(change: (settings: Settings) => Settings): Promise<Settings> {
    const done = this.#queue.then(async () => {
      const { settings, problems } = await this.readAll();
      const changed = change(settings);
      const text = checkedText(changed);
      if (problems.length > 0) await this.#keep();
      await replaceOwnFile(this.#path, text);
      this.#production = changed.production;
      return changed;
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** Removes what a crash left half written beside the file. Call it at start. */
  async tidy(): Promise<void> {
    const done = this.#queue.then(() => removeOwnLeftovers(this.#path, false));
    this.#queue = done.catch(() => undefined);
    await done;
  }

  async #readNow(): Promise<ReadSettings> {
    try {
      return readSettings((await readOwnFile(this.#path, MAX_SETTINGS_BYTES)).toString('utf8'));
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      const { code } = error.failure;
      if (code === 'file-missing') return { settings: NO_SETTINGS, problems: [] };
      if (code === 'too-large') return lost('it is larger than any that Minos writes');
      throw error;
    }
  }

  async #keep(): Promise<void> {
    const kept = await keepBrokenFile(this.#path, this.#clock.now());
    this.#log.write('warn', 'the settings were broken; they are kept', { kept });
  }
}

/** What a damaged file still says, and what was known of other contexts before. */
function withKnown(left: Settings['production'], known: Settings['production']): Settings['production'] {
  const said = new Set(left.map(markedPlace));
  return [...known.filter((mark) => !said.has(markedPlace(mark))), ...left];
}

/** What is written. Throws Failed `too-large` or `invalid` for what could not be read again. */
function checkedText(settings: Settings): string {
  const checked = v.safeParse(settingsSchema, settings);
  if (!checked.success) {
    const [issue] = checked.issues;
    const field = v.getDotPath(issue) ?? 'something';
    const isTooMany = issue.type === 'max_length';
    throw new Failed({
      code: isTooMany ? 'too-large' : 'invalid',
      message: isTooMany
        ? `Minos's settings cannot hold that: ${field} would be longer than ${formatNumber(Number(issue.requirement))}. Nothing was changed.`
        : `Minos's settings cannot hold that: ${field} is not valid. Nothing was changed.`,
      hint: 'Remove something that is saved, or choose a shorter name.',
      where: { field: field.slice(0, 200) },
    });
  }
  const text = `${JSON.stringify(checked.output, null, 2)}\n`;
  if (Buffer.byteLength(text) <= MAX_SETTINGS_BYTES) return text;
  throw new Failed({
    code: 'too-large',
    message: "Minos's settings would be larger than 8 MB. Nothing was changed.",
    hint: 'Remove saved groups that nobody needs.',
  });
}

/** Why not, when the text is no JSON object. */
function parseObject(text: string): Readonly<Record<string, unknown>> | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return 'it is not a JSON object';
  return value as Readonly<Record<string, unknown>>;
}

function versionOf(value: Readonly<Record<string, unknown>>): number | undefined {
  const { version } = value;
  return typeof version === 'number' && Number.isInteger(version) && version > 0 ? version : undefined;
}

const writtenByNewer = (): Failed =>
  new Failed({
    code: 'file-invalid',
    message: "Minos's settings cannot be read: a newer Minos wrote them.",
    hint: 'Update Minos, or move the settings file away to start with new ones; it is not overwritten.',
  });
