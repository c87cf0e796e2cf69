import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { readArguments } from './arguments.ts';
import { Chromium } from './chromium/chromium.ts';
import { type PackageJson, app } from './modules/app.ts';
import { dialog } from './modules/dialog.ts';
import { recorded, runtime } from './modules/runtime.ts';
import { followTargets } from './modules/target-events.ts';
import { originalArguments } from './process-of-electron.ts';

/** The entry of the stand-in's main process: what the `electron` executable does after it has started. */

interface Application {
  readonly root: string;
  readonly main: string;
  readonly description: PackageJson;
}

const findApplication = (path: string): Application => {
  const at = resolve(path);
  const root = statSync(at).isDirectory() ? at : dirname(at);
  if (root !== at) return { root, main: at, description: {} };
  const description = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageJson;
  return { root, main: join(root, description.main ?? 'index.js'), description };
};

const isEsModule = (main: string, { type }: PackageJson & { readonly type?: string }): boolean =>
  main.endsWith('.mjs') || main.endsWith('.ts') || (type === 'module' && !main.endsWith('.cjs'));

const start = async (): Promise<void> => {
  const { switches, application } = readArguments(originalArguments);
  const { root, main, description } = findApplication(application);
  Object.defineProperty(globalThis, 'standIn', { value: recorded });
  app.standInDescribe(root, description);
  for (const [name, value] of switches) app.commandLine.appendSwitch(name, value);
  const userData = switches.get('user-data-dir');
  if (userData !== undefined) app.setPath('userData', resolve(userData));
  app.commandLine.removeSwitch('user-data-dir');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      app.quit();
    });
  }

  // As in Electron, nothing is ready before the main module has been evaluated: a module that waits at its top level
  // for `ready` waits for ever (here Node notices that and ends with code 13).
  try {
    if (isEsModule(main, description)) await import(pathToFileURL(main).href);
    else createRequire(main)(main);
  } catch (error) {
    // Electron goes on without what the module would have done: alive, and without a window.
    process.emit('uncaughtException', error as Error);
  }
  if (app.standInExiting) return;

  const chromium = await Chromium.start(app.commandLine.switches, app.getPath('userData'));
  runtime.chromium = chromium;
  chromium.onGone((why) => {
    console.error(why);
    app.exit(1);
  });
  if (app.standInExiting) {
    // Told to end while Chromium was starting.
    await chromium.stop();
    return;
  }
  Object.defineProperty(process.versions, 'chrome', { value: chromium.version, enumerable: true });
  await followTargets(chromium);
  app.standInBecomeReady();
};

/** What nobody catches becomes an error box, and the app stays alive; a listener of the app's own replaces the box. */
process.on('uncaughtException', (error) => {
  if (process.listenerCount('uncaughtException') > 1) return;
  dialog.showErrorBox('A JavaScript error occurred in the main process', inspect(error));
});

process.on('exit', (code) => {
  if (code !== 13) return;
  console.error('The main module waits at its top level for something that comes after it: app.whenReady()?');
});

await start().catch((error: unknown) => {
  console.error(error);
  app.exit(1);
});
