import { join } from 'node:path';
import { Unfinished } from '../../../../../main/files/own/unfinished.ts';
import { systemClock } from '../../../../../main/lib/clock.ts';
import { fileToSave, saveFile } from '../../../../../main/operations/downloads/save-file.ts';
import { folderToSave, saveFolder } from '../../../../../main/operations/downloads/save-folder.ts';
import { tarGzOf } from '../tar-of.ts';

/** A Minos that saves a file and a folder of nodes that fall silent, and says so once something of both is on the disk. */
const [home = '', notes = ''] = process.argv.slice(2);
const unfinished = new Unfinished(notes, systemClock);

async function* falling(silent: () => void, bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
  silent();
  await new Promise(() => setInterval(() => undefined, 60_000));
}

const silences = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
void saveFile(
  await fileToSave(join(home, 'file')),
  falling(silences[0].resolve, Buffer.alloc(300_000)),
  '',
  unfinished,
);
void saveFolder(
  await folderToSave(join(home, 'folder')),
  falling(silences[1].resolve, tarGzOf([{ name: 'deep/file', content: 'x' }])),
  unfinished,
);
await Promise.all(silences.map(({ promise }) => promise));
process.stdout.write('silent\n');
