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

/** Everything given to the script goes to the app. Answers with the app's exit code. */
async function run(args: readonly string[]): Promise<number> {
  const { executablePath } = await ensureRuntime();
  await ensureBuilt();
  if (!args.includes('--demo')) return start(executablePath, [ROOT, ...args], process.env);
  // The demo works in a home of its own and leaves nothing behind.
  const home = temporaryHome();
  try {
    const userData = `--user-data-dir=${userDataOf(home.path)}`;
    return await start(executablePath, [userData, ROOT, ...args], homeEnvironment(home.path));
  } finally {
    home.remove();
  }
}

function start(executable: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const shown = displayCommand(executable, [...sandboxArguments(), ...args], realSystem(env));
  if (shown.command === 'xvfb-run') say('There is no display: Minos runs on an invisible one.');
  const child = spawn(shown.command, shown.args, { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  return 1;
});
