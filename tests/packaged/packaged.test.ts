import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { displayCommand, hasDisplay } from '../../scripts/display.ts';
import { sandboxArguments } from '../../scripts/runtime.ts';
import { homeEnvironment, temporaryHome, userDataOf, type TemporaryHome } from '../../scripts/temporary-home.ts';
import { readAsar } from '../electron/packaged/asar.ts';
import { canRunStandIn } from '../electron/virtual-display.ts';
import { releaseIn } from '../../main/operations/updates/release.ts';
import { filesBelow, fusesOfYml, pack, packIn, ROOT, type PackedApp } from './packed-app.ts';

const MEGABYTE = 1_000_000;
const canPack = canRunStandIn() || existsSync(join(ROOT, 'node_modules/electron/path.txt'));
const canShow = canPack && (hasDisplay(process.env) || canRunStandIn());

let packed: PackedApp;
beforeAll(() => {
  if (canPack) packed = pack();
}, 180_000);

describe.skipIf(!canPack)('the packed app', () => {
  let archive: ReadonlyMap<string, Buffer>;
  beforeAll(() => {
    archive = readAsar(packed.asar);
  });

  it('holds exactly the built app and proto/', () => {
    const built = ['out/main', 'out/preload', 'out/renderer']
      .flatMap(filesBelow)
      .filter((file) => !/\.map$/.test(file));
    const proto = filesBelow('proto').filter((file) => file.endsWith('.proto'));

    expect([...archive.keys()].sort()).toEqual(['package.json', ...built, ...proto].sort());
    for (const [path, bytes] of archive) {
      if (path !== 'package.json') expect(bytes.equals(readFileSync(join(ROOT, path))), path).toBe(true);
    }
  });

  it('needs nothing that is not in it: every import is Electron, Node or a file of its own', () => {
    const missing = [...archive]
      .filter(([path]) => /^out\/(main|preload)\/.*\.c?js$/.test(path))
      .flatMap(([path, bytes]) => importsOf(path, bytes.toString()))
      .filter((name) => name !== 'electron' && !isBuiltin(name) && !archive.has(name));

    expect(missing).toEqual([]);
  });

  it('tells Electron where it starts, and nothing about how it was made', () => {
    const description = JSON.parse(archive.get('package.json')?.toString() ?? '{}') as Record<string, unknown>;

    expect(description).toMatchObject({
      name: 'minos',
      productName: 'Minos',
      main: 'out/main/index.js',
      type: 'module',
    });
    expect(Object.keys(description)).not.toContain('scripts');
    expect(Object.keys(description)).not.toContain('devDependencies');
    for (const [path, bytes] of archive) expect(bytes.includes(ROOT), path).toBe(false);
  });

  it('names no publisher and no address, and has no file for updates', () => {
    expect(releaseIn(archive.get('package.json')?.toString() ?? '')).toBeUndefined();
    expect(existsSync(join(packed.asar, '..', 'app-update.yml'))).toBe(false);
  });

  it('has electron-updater in one chunk that nothing needs at the start', () => {
    const others = [...archive].filter(([path]) => path.endsWith('.js') && !path.includes('updater-library-'));
    const naming = others.filter(([, bytes]) => bytes.includes('updater-library-'));

    expect(naming.map(([path]) => path)).toEqual(['out/main/index.js']);
    const [[, main = Buffer.alloc(0)] = []] = naming;
    expect(main.toString().match(/.{10}["'`]\.\/chunks\/updater-library-/g)).toEqual([
      expect.stringMatching(/\bimport\(["'`]\.\/chunks\/updater-library-$/),
    ]);
  });

  it('is smaller than 8 MB', () => {
    expect(statSync(packed.asar).size).toBeLessThan(8 * MEGABYTE);
  });

  it('carries the notices that licences want beside it', () => {
    const beside = packed.folder.includes('mac') ? join(packed.folder, 'Minos.app/Contents') : packed.folder;

    expect(readFileSync(join(beside, 'LICENSE.minos.txt'), 'utf8')).toContain('Apache License');
    expect(readFileSync(join(beside, 'THIRD-PARTY.md'), 'utf8')).toContain('@grpc/grpc-js');
  });

  it('has the fuses that electron-builder.yml names', () => {
    const wanted = fusesOfYml();

    expect(packed.fuses).toMatchObject(wanted);
    expect(wanted).toEqual({
      RunAsNode: 'Disabled',
      EnableCookieEncryption: 'Disabled',
      EnableNodeOptionsEnvironmentVariable: 'Disabled',
      EnableNodeCliInspectArguments: 'Disabled',
      EnableEmbeddedAsarIntegrityValidation: 'Enabled',
      OnlyLoadAppFromAsar: 'Enabled',
      GrantFileProtocolExtraPrivileges: 'Disabled',
    });
  });

  it('asks macOS for nothing but the engine’s own code, and says why it wants the local network', () => {
    const { mac, toolsets } = parse(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8')) as {
      readonly mac: Readonly<Record<string, unknown>>;
      readonly toolsets: unknown;
    };
    const entitlements = readFileSync(join(ROOT, String(mac['entitlements'])), 'utf8');

    expect([...entitlements.matchAll(/<key>(.*)<\/key>/g)].map((match) => match[1])).toEqual([
      'com.apple.security.cs.allow-jit',
    ]);
    expect(mac['entitlementsInherit']).toBe(mac['entitlements']);
    expect(mac['extendInfo']).toEqual({
      NSLocalNetworkUsageDescription: expect.stringContaining('talosconfig') as string,
    });
    expect(toolsets).toEqual({ appimage: '1.0.3' });
  });

  it.runIf(process.platform === 'linux')(
    'names who publishes it and where, in its archive, when it is a release',
    () => {
      const named = { MINOS_PUBLISHER: 'CN=Example, C=DE', MINOS_UPDATE_URL: 'https://example.org/minos/' };
      const release = packIn({ ...process.env, ...named }, '--test-build');

      const description = readAsar(release.asar).get('package.json');
      expect(releaseIn(description?.toString() ?? '')).toEqual({
        ...{ publisher: ['CN=Example, C=DE'], url: 'https://example.org/minos/', page: 'https://example.org/minos/' },
      });
    },
    60_000,
  );

  it('differs from the test build in the inspector alone', () => {
    const testBuild = pack('--test-build');
    const other = readAsar(testBuild.asar);

    expect(testBuild.fuses).toEqual({ ...packed.fuses, EnableNodeCliInspectArguments: 'Enabled' });
    expect([...other.keys()].sort()).toEqual([...archive.keys()].sort());
    for (const [path, bytes] of other) expect(bytes.equals(archive.get(path) ?? Buffer.alloc(0)), path).toBe(true);
  }, 60_000);
});

describe.skipIf(!canShow)('the packed app, started', () => {
  let home: TemporaryHome;
  beforeEach(() => {
    home = temporaryHome();
  });
  afterEach(() => {
    home.remove();
  });

  /** Starts it without a debugger. */
  async function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const all = [...sandboxArguments(), `--user-data-dir=${userDataOf(home.path)}`, ...args];
    const shown = displayCommand(packed.executable, all);
    const child = spawn(shown.command, shown.args, {
      env: { ...homeEnvironment(home.path), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const read = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (read.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (read.stderr += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...read };
  }

  it('shows its window, says so and ends with 0', async () => {
    const { code, stdout } = await start(['--smoke', '--demo']);

    expect([code, stdout]).toEqual([0, `Minos ${version()} shows its window.\n`]);
  }, 60_000);

  it('starts, and looks for no update, though the chunk of electron-updater would end it', async () => {
    const bytes = readFileSync(packed.asar);
    const chunk = [...readAsar(packed.asar)].find(([path]) => /updater-library-.*\.js$/.test(path))?.[1];
    if (chunk === undefined) throw new Error('there is no such chunk');
    const at = bytes.indexOf(chunk);
    const broken = Buffer.from('process.exit(7);'.padEnd(chunk.length));
    writeFileSync(packed.asar, Buffer.concat([bytes.subarray(0, at), broken, bytes.subarray(at + broken.length)]));
    try {
      const { code, stdout } = await start(['--smoke', '--demo']);
      expect([code, stdout]).toEqual([0, `Minos ${version()} shows its window.\n`]);
    } finally {
      writeFileSync(packed.asar, bytes);
    }
  }, 60_000);

  it('cannot be driven by another program over the debugging port', async () => {
    const { code, stdout, stderr } = await start(['--smoke', '--demo', '--remote-debugging-port=0']);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('minos: --remote-debugging-port would let another program use this window.');
  }, 60_000);

  it('ends with a sentence when its command line cannot be read', async () => {
    const { code, stdout, stderr } = await start(['--smoke', '--talosconfig=']);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('minos: --talosconfig= has an empty path.');
    expect(stderr).not.toContain('    at ');
  }, 60_000);

  it('ignores NODE_OPTIONS, ELECTRON_RUN_AS_NODE and the inspector', async () => {
    const marker = join(home.path, 'loaded');
    const intruder = join(home.path, 'intruder.cjs');
    writeFileSync(intruder, `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`);

    const { code, stdout, stderr } = await start(['--smoke', '--inspect=0'], {
      NODE_OPTIONS: `--require=${intruder}`,
      ELECTRON_RUN_AS_NODE: '1',
    });

    expect([code, stdout]).toEqual([0, `Minos ${version()} shows its window.\n`]);
    expect(existsSync(marker)).toBe(false);
    expect(stderr).not.toContain('Debugger listening');
  }, 60_000);
});

const version = (): string =>
  (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;

/** What a built file imports: names of packages, or paths inside the archive. */
function importsOf(path: string, text: string): readonly string[] {
  // Comments of bundled packages show imports that nobody makes.
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const names = [
    ...code.matchAll(
      /(?:^|;)(?:import|export)\b[^'"`;]*?['"]([^'"\n]+)['"]|\b(?:require|import)\(\s*['"]([^'"]+)['"]/gm,
    ),
  ];
  return names.map((match) => {
    const name = match[1] ?? match[2] ?? '';
    return name.startsWith('.') ? join(path, '..', name).replaceAll('\\', '/') : name;
  });
}
