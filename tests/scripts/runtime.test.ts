import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureRuntime, type RuntimeSteps } from '../../scripts/runtime.ts';
import { COMPLETE, FakeSystem } from './fake-system.ts';

const ELECTRON = '/somewhere/electron';

class FakeSteps implements RuntimeSteps {
  downloads = 0;
  isInstalled = false;
  canDownload = false;
  canStart = true;

  installed(): string | undefined {
    return this.isInstalled ? ELECTRON : undefined;
  }

  download(): boolean {
    this.downloads++;
    this.isInstalled = this.canDownload;
    return this.canDownload;
  }

  starts(): boolean {
    return this.canStart;
  }
}

describe.skipIf(process.platform !== 'linux')('the runtime', () => {
  let root: string;
  let steps: FakeSteps;
  let system: FakeSystem;

  const setVersion = (version: string): void => {
    mkdirSync(join(root, 'node_modules/electron'), { recursive: true });
    writeFileSync(join(root, 'node_modules/electron/package.json'), JSON.stringify({ version }));
  };
  const kindOf = async (): Promise<string> => (await ensureRuntime(root, steps, system)).kind;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'minos-runtime-'));
    setVersion('1.0.0');
    steps = new FakeSteps();
    system = new FakeSystem(COMPLETE);
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('is Electron when it can be downloaded', async () => {
    steps.canDownload = true;
    expect(await ensureRuntime(root, steps, system)).toEqual({
      kind: 'electron',
      executablePath: ELECTRON,
      distPath: join(root, 'node_modules/electron/dist'),
    });
    expect(system.said).toEqual(['Fetching Electron 1.0.0, once.']);
  });

  it('is the stand-in when it cannot, with one line that says so', async () => {
    expect(await ensureRuntime(root, steps, system)).toEqual({
      kind: 'stand-in',
      executablePath: join(root, 'tests/electron/electron'),
      distPath: join(root, 'tests/electron'),
    });
    expect(system.said.filter((line) => line.includes('stand-in'))).toHaveLength(1);
  });

  it('tries the download once, and again for another version', async () => {
    await kindOf();
    await kindOf();
    expect(steps.downloads).toBe(1);

    setVersion('1.0.1');
    await kindOf();

    expect(steps.downloads).toBe(2);
  });

  it('asks again when what was remembered cannot be read', async () => {
    await kindOf();
    writeFileSync(join(root, '.cache/electron-download.json'), '{"ver');
    await kindOf();
    expect(steps.downloads).toBe(2);
  });

  it('brings Chromium with its libraries when Electron is there and does not start', async () => {
    steps.isInstalled = true;
    steps.canStart = false;
    system.programs.delete('chromium');
    expect(await kindOf()).toBe('stand-in');
    expect(system.commands[1]).toContain('chromium');
  });

  it('can be chosen', async () => {
    steps.isInstalled = true;
    system.env['MINOS_RUNTIME'] = 'stand-in';
    expect(await kindOf()).toBe('stand-in');

    steps.isInstalled = false;
    system.env['MINOS_RUNTIME'] = 'electron';
    await expect(kindOf()).rejects.toThrow('Electron could not be downloaded.');
  });

  it('that was chosen is never replaced by the other one', async () => {
    steps.isInstalled = true;
    steps.canStart = false;
    system.env['MINOS_RUNTIME'] = 'electron';

    await expect(kindOf()).rejects.toThrow('Electron is there and does not start: /somewhere/electron');
  });

  it('needs Chromium for the stand-in', async () => {
    system.programs.delete('chromium');
    system.isRoot = false;
    await expect(kindOf()).rejects.toThrow('Minos needs chromium. Run: sudo');
  });
});
