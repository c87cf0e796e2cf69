/** `npm start` and `npm run demo`: builds what changed, finds a runtime and a display, and runs the app. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build-if-stale.ts';
import { displayCommand } from './display.ts';
import { ensureRuntime, sandboxArguments } from './runtime.ts';
import { say } from './say.ts';
import { realSystem } from './system-packages.ts';
import { homeEnvironment, temporaryHome, userDataOf } from './temporary-home.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Everything given to the script goes to the app. */
async function run(args: readonly string[]): Promise<number> {
  const runtime = await ensureRuntime();
  await ensureBuilt();
  // The demo works in a home of its own and leaves nothing behind.
  const home = args.includes('--demo') ? temporaryHome() : undefined;
  const userData = home ? [`--user-data-dir=${userDataOf(home.path)}`] : [];
  const appArguments = [...sandboxArguments(), ...userData, ROOT, ...args];
  const env = home ? homeEnvironment(home.path) : process.env;
  const { command, args: all } = displayCommand(runtime.executablePath, appArguments, realSystem(env));
  if (command === 'xvfb-run') say('There is no display: Minos runs on an invisible one.');
  const child = spawn(command, all, { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      home?.remove();
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  return 1;
});
