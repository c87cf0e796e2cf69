import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages, MissingPackages, realSystem, type System } from './system-packages.ts';

/** What runs the app: Electron, or the stand-in of tests/electron. */
export interface Runtime {
  readonly kind: 'electron' | 'stand-in';
  readonly executablePath: string;
  /** The folder that holds the executable, for ELECTRON_OVERRIDE_DIST_PATH. */
  readonly distPath: string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where the answer of the download is remembered, for one version of Electron. Delete it to try again. */
const ANSWER = '.cache/electron-download.json';

const DOWNLOAD_LIMIT_MS = 60_000;
const PROBE_LIMIT_MS = 20_000;

/** MINOS_RUNTIME=electron or =stand-in decides; where that one does not run, nothing does. */
const FORCED = 'MINOS_RUNTIME';

export interface RuntimeSteps {
  /** Electron's executable, when it has been downloaded. */
  installed(): string | undefined;
  /** Runs Electron's own download; true when it succeeded. */
  download(): boolean;
  /** Whether Electron's executable starts on this machine. */
  starts(executable: string): boolean;
}

/**
 * Electron where its download works (tried once, remembered), otherwise the stand-in, with one line that says so.
 * Installs Chromium for the stand-in where that is allowed, and throws MissingPackages where it is not.
 */
export function ensureRuntime(
  root = ROOT,
  steps: RuntimeSteps = realSteps(root),
  system: System = realSystem(),
): Promise<Runtime> {
  try {
    return Promise.resolve(electronRuntime(root, steps, system) ?? standIn(root, system));
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}

function electronRuntime(root: string, steps: RuntimeSteps, system: System): Runtime | undefined {
  const forced = system.env[FORCED];
  if (forced === 'stand-in') return undefined;
  if (steps.installed() === undefined) {
    const version = electronVersion(root);
    if (forced !== 'electron' && recall(root, version) === 'blocked') return undefined;
    system.say(`Fetching Electron ${version}, once.`);
    const answer = steps.download() && steps.installed() !== undefined ? 'installed' : 'blocked';
    remember(root, version, answer);
  }
  const executablePath = steps.installed();
  if (executablePath === undefined) {
    if (forced === 'electron') throw new Error('Electron could not be downloaded.');
    return undefined;
  }
  if (!steps.starts(executablePath)) {
    // Chromium's package brings the shared libraries that Electron needs, too.
    if (process.platform === 'linux') ensurePackages(['chromium'], system);
    if (!steps.starts(executablePath)) {
      if (forced === 'electron') throw new Error(`Electron is there and does not start: ${executablePath}`);
      return undefined;
    }
  }
  return { kind: 'electron', executablePath, distPath: join(root, 'node_modules/electron/dist') };
}

function standIn(root: string, system: System): Runtime {
  if (process.platform !== 'linux') {
    throw new MissingPackages('Electron could not be downloaded, and its stand-in exists for Linux only.');
  }
  const why =
    system.env[FORCED] === 'stand-in'
      ? `${FORCED}=stand-in`
      : `Electron cannot be downloaded here; ${ANSWER} remembers that`;
  system.say(`Minos runs on the stand-in for Electron, on Chromium (${why}).`);
  ensurePackages(['chromium'], system);
  const distPath = join(root, 'tests/electron');
  return { kind: 'stand-in', executablePath: join(distPath, 'electron'), distPath };
}

function realSteps(root: string): RuntimeSteps {
  const folder = join(root, 'node_modules/electron');
  return {
    installed() {
      const name = join(folder, 'path.txt');
      if (!existsSync(name)) return undefined;
      const executable = join(folder, 'dist', readFileSync(name, 'utf8').trim());
      return existsSync(executable) ? executable : undefined;
    },
    download() {
      const install = createRequire(join(root, 'package.json')).resolve('electron/install.js');
      return spawnSync(process.execPath, [install], { timeout: DOWNLOAD_LIMIT_MS, stdio: 'ignore' }).status === 0;
    },
    starts(executable) {
      const args = [...sandboxArguments(), '--version'];
      return spawnSync(executable, args, { timeout: PROBE_LIMIT_MS, stdio: 'ignore' }).status === 0;
    },
  };
}

/** Chromium refuses to run its sandbox as root on Linux. */
export const sandboxArguments = (): string[] =>
  process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

const electronVersion = (root: string): string => {
  const text = readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

const recall = (root: string, version: string): string | undefined => {
  const path = join(root, ANSWER);
  if (!existsSync(path)) return undefined;
  try {
    const known = JSON.parse(readFileSync(path, 'utf8')) as { version?: string; answer?: string };
    return known.version === version ? known.answer : undefined;
  } catch {
    return undefined; // Written halfway: ask again.
  }
};

const remember = (root: string, version: string, answer: string): void => {
  mkdirSync(dirname(join(root, ANSWER)), { recursive: true });
  writeFileSync(join(root, ANSWER), JSON.stringify({ version, answer }));
};
