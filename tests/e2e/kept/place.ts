import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { userDataOf } from '../../../scripts/temporary-home.ts';

/** Stands for the home a user-data folder was written in, wherever a text of it names that home. */
const HOME = '@HOME@';
/** What of a home is kept: the files of the user, and Minos's own folder. */
const KEPT = ['.talos', '.kube', 'other', 'user-data/settings.json', 'user-data/history', 'user-data/Local Storage'];

/** User-data folders that earlier builds wrote, by version of Minos. */
export const keptFolder = (version: string): string => fileURLToPath(new URL(`user-data-${version}`, import.meta.url));

const folderOf = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 32);

interface Entry {
  readonly id: string;
  readonly path: string;
  readonly atMs: number;
}

/** Keeps what a running Minos left in a home, without the home's own name. */
export function keep(home: string, version: string): void {
  const to = keptFolder(version);
  rmSync(to, { recursive: true, force: true });
  for (const name of KEPT) {
    if (existsSync(join(home, name))) cpSync(join(home, name), join(to, name), { recursive: true });
  }
  for (const noise of ['LOCK', 'LOG', 'LOG.old'])
    rmSync(join(to, 'user-data/Local Storage/leveldb', noise), { force: true });
  eachText(to, (text) => text.replaceAll(home, HOME));
}

/**
 * Puts a kept home in place: its own name is written where the old one stood, and the recorded changes are moved to just
 * now, because old ones are let go after thirty days.
 */
export function putBack(home: string, version: string): void {
  cpSync(keptFolder(version), home, { recursive: true });
  eachText(home, (text) => text.replaceAll(HOME, home));
  const history = join(userDataOf(home), 'history');
  const now = Date.now();
  for (const folder of readdirSync(history)) {
    const names = readdirSync(join(history, folder)).filter((name) => name.endsWith('.json'));
    for (const name of names) moveEntry(join(history, folder), name, now);
  }
}

function moveEntry(folder: string, name: string, now: number): void {
  const entry = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Entry;
  const id = `${String(now - 60_000).padStart(15, '0')}${entry.id.slice(15)}`;
  const to = join(dirname(folder), folderOf(entry.path));
  mkdirSync(to, { recursive: true, mode: 0o700 });
  writeFileSync(join(to, `${id}.json`), JSON.stringify({ ...entry, id, atMs: now - 60_000 }), { mode: 0o600 });
  renameSync(join(folder, `${entry.id}.bytes`), join(to, `${id}.bytes`));
  rmSync(join(folder, name));
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}

/** Changes the texts in which a home is named; what is sealed or binary stays. */
function eachText(root: string, change: (text: string) => string): void {
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const path = join(root, name);
    if (!name.endsWith('.json') || !statSync(path).isFile()) continue;
    writeFileSync(path, change(readFileSync(path, 'utf8')), { mode: 0o600 });
  }
}
