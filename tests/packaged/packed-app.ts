import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const ROOT = join(import.meta.dirname, '../..');

/** An unpacked folder as `npm run package -- --dir` leaves it. */
export interface PackedApp {
  readonly folder: string;
  readonly executable: string;
  readonly asar: string;
  /** What `electron-fuses read` prints, by the name of the fuse. */
  readonly fuses: Readonly<Record<string, string>>;
}

/** Packs the app for this machine, building it first where it is stale. */
export function pack(...args: readonly string[]): PackedApp {
  return packIn(process.env, ...args);
}

/** As {@link pack}, with other variables. */
export function packIn(env: NodeJS.ProcessEnv, ...args: readonly string[]): PackedApp {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/package.ts', '--dir', ...args], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`packing failed\n${stdout}${stderr}`);
  const output = join(ROOT, args.includes('--test-build') ? 'dist/test-build' : 'dist');
  const folder = ['linux-unpacked', 'win-unpacked', 'mac', 'mac-arm64']
    .map((name) => join(output, name))
    .find((path) => existsSync(path));
  if (folder === undefined) throw new Error(`nothing was packed below ${output}`);
  const executable = join(folder, EXECUTABLE[process.platform] ?? 'minos');
  const resources = folder.includes('/mac') ? join(folder, 'Minos.app/Contents/Resources') : join(folder, 'resources');
  return { folder, executable, asar: join(resources, 'app.asar'), fuses: readFuses(executable) };
}

const EXECUTABLE: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'Minos.exe',
  darwin: 'Minos.app/Contents/MacOS/Minos',
};

/** Runs the real reader of @electron/fuses. */
function readFuses(executable: string): Readonly<Record<string, string>> {
  const reader = join(ROOT, 'node_modules/@electron/fuses/dist/bin.js');
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  const args = [reader, 'read', '--app', executable];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  const lines = [...stdout.matchAll(/^ {2}(\w+) is (\w+)$/gm)];
  return Object.fromEntries(lines.map((match): [string, string] => [match[1] ?? '', match[2] ?? '']));
}

/** The fuses of electron-builder.yml, as the reader would print them. */
export function fusesOfYml(): Readonly<Record<string, string>> {
  const yml = parse(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8')) as {
    readonly electronFuses: Readonly<Record<string, boolean>>;
  };
  const entries = Object.entries(yml.electronFuses).map(([name, isOn]): [string, string] => [
    `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
    isOn ? 'Enabled' : 'Disabled',
  ]);
  return Object.fromEntries(entries);
}

/** Files below a folder of the repository, with forward slashes. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(ROOT.length + 1)
        .replaceAll('\\', '/'),
    );
