import { basename } from 'node:path';
import type { RunTextFormat, Saved } from '../../../../preload/contract/index.ts';
import type { Unfinished } from '../../../files/own/unfinished.ts';
import { placeToWrite, writeWholeFile } from '../../../files/write-whole-file.ts';
import { fileStem, momentStem } from '../../../lib/file-stem.ts';
import type { ExportedRun } from './exported-run.ts';
import { runTextPieces } from './run-text.ts';

/** What the system's save dialog is asked for. */
export interface SaveWish {
  readonly suggestedName: string;
  /** Without the dot. */
  readonly extension: string;
}

/** Asks the user where to save; undefined when they thought better of it. Given by the app, since only it knows windows. */
export type ChooseSavePath = (wish: SaveWish) => Promise<string | undefined>;

const EXTENSIONS: Readonly<Record<RunTextFormat, string>> = { csv: 'csv', json: 'json', yaml: 'yaml', table: 'txt' };

/**
 * Saves a run where the user chooses. The page learns the file's name, not where it lies. Throws Failed `file-access`, and
 * `conflict` for a file that another program makes or changes meanwhile: it is left as it is.
 */
export async function saveExport(
  run: ExportedRun,
  format: RunTextFormat,
  choose: ChooseSavePath,
  unfinished?: Unfinished,
): Promise<Saved> {
  return savePieces({ stem: suggestedStem(run), extension: EXTENSIONS[format], choose, unfinished }, () =>
    runTextPieces(run, format),
  );
}

/** Where text is saved. */
interface SavePlace {
  /** What the file may be called, without its extension. */
  readonly stem: string;
  readonly extension: string;
  readonly choose: ChooseSavePath;
  readonly unfinished?: Unfinished | undefined;
}

/** Saves pieces of text where the user chooses; see {@link saveExport}. */
export async function savePieces(
  { stem, extension, choose, unfinished }: SavePlace,
  pieces: () => AsyncIterable<string>,
): Promise<Saved> {
  const path = await choose({ suggestedName: `${stem}.${extension}`, extension });
  if (path === undefined) return { isSaved: false };
  await writeWholeFile(await placeToWrite(path), pieces(), unfinished);
  return { isSaved: true, name: basename(path) };
}

/** `prod-fra-services-2026-03-03T14-02-11`: what a file may be called on every system. */
function suggestedStem({ contextName, command, startedAtMs }: ExportedRun): string {
  return `${fileStem(contextName, 'run')}-${command}-${momentStem(startedAtMs)}`;
}

/** `clusters-services-2026-03-03T14-02-11`: the same for the answers of several clusters. */
export function clustersStem([first]: readonly ExportedRun[]): string {
  return first ? `clusters-${first.command}-${momentStem(first.startedAtMs)}` : 'clusters';
}
