import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say, type Say } from './say.ts';

/** What the stand-in needs from the system. */
export type SystemPackage = 'chromium' | 'xvfb';

/** The programs that show that a package is there. */
const PROGRAMS: Readonly<Record<SystemPackage, readonly string[]>> = {
  chromium: ['chromium'],
  xvfb: ['xvfb-run', 'Xvfb', 'xauth'],
};

/** What to install. `xvfb-run` needs xauth, which xvfb only recommends. */
const DEBIAN: Readonly<Record<SystemPackage, readonly string[]>> = {
  chromium: ['chromium'],
  xvfb: ['xvfb', 'xauth'],
};

/** Comma-separated packages to treat as missing, so that the way of a fresh machine can be tested on any. */
const PRETEND = 'MINOS_PRETEND_MISSING';

export interface System {
  readonly env: NodeJS.ProcessEnv;
  readonly isRoot: boolean;
  /** Whether a program is found on the PATH. */
  has(program: string): boolean;
  /** Runs a command, its output shown on stderr; true when it exits with 0. */
  run(command: string, args: readonly string[]): boolean;
  readonly say: Say;
}

/** A package is missing, and this process may not install it: `message` has the exact command. */
export class MissingPackages extends Error {}

export function realSystem(env: NodeJS.ProcessEnv = process.env): System {
  return {
    env,
    isRoot: process.getuid?.() === 0,
    has: (program) => (env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program))),
    run: (command, args) => spawnSync(command, [...args], { env: aptEnvironment(env), stdio: quiet }).status === 0,
    say,
  };
}

/**
 * Makes sure that the packages are there. As root on Debian they are installed with apt, and the person is told;
 * otherwise throws {@link MissingPackages}.
 */
export function ensurePackages(wanted: readonly SystemPackage[], system: System = realSystem()): void {
  const pretended = new Set((system.env[PRETEND] ?? '').split(',').map((name) => name.trim()));
  const missing = wanted.filter(
    (name) => pretended.has(name) || !PROGRAMS[name].every((program) => system.has(program)),
  );
  if (missing.length === 0) return;
  const packages = missing.flatMap((name) => DEBIAN[name]);
  const command = `apt-get update && apt-get install -y ${packages.join(' ')}`;
  if (!system.has('apt-get')) {
    throw new MissingPackages(`Minos needs ${missing.join(' and ')}. Install them with your system's package tool.`);
  }
  if (!system.isRoot) throw new MissingPackages(`Minos needs ${missing.join(' and ')}. Run: sudo sh -c '${command}'`);
  system.say(`Installing ${packages.join(', ')} with apt, once.`);
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  const updated = system.run('apt-get', [...wait, 'update']);
  const installed =
    updated && system.run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages]);
  if (!installed) throw new MissingPackages(`apt could not install ${packages.join(', ')}. Run: ${command}`);
}

/** apt's progress goes to stderr, so that stdout stays for results. */
const quiet: ('ignore' | number)[] = ['ignore', 2, 2];

const aptEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ ...env, DEBIAN_FRONTEND: 'noninteractive' });

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
