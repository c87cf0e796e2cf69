import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from '../modules/app.ts';
import { originalArguments } from '../process-of-electron.ts';
import { readAsar } from './asar.ts';

/**
 * The entry of the stand-in inside a packaged app. Node cannot read inside an archive, so it is unpacked into a folder of
 * its own: what is not in the archive is not there. Then everything is as in an app that is not packed.
 */
const place = process.env['ELECTRON_STAND_IN_PACKAGED'] ?? '';
const resources = join(place, 'resources');
const root = mkdtempSync(join(tmpdir(), 'electron-stand-in-app-'));
process.once('exit', () => {
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
});
for (const [path, bytes] of readAsar(join(resources, 'app.asar'))) {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
}

app.isPackaged = true;
Reflect.deleteProperty(process, 'defaultApp');
Object.defineProperty(process, 'resourcesPath', { value: resources, configurable: true });

// Every switch is Chromium's as well as the app's, and none is the application: it is in the archive.
const switches = originalArguments.filter((argument) => argument.startsWith('-'));
(originalArguments as string[]).splice(0, Infinity, ...switches, root, ...originalArguments);
process.argv = [join(place, 'minos'), ...process.argv.slice(1)];

await import('../boot.ts');
