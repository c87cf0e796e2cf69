import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/build-if-stale.ts';

describe('a build', () => {
  let root: string;
  let builds: number;

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const ensure = (): Promise<void> =>
    ensureBuilt(root, () => {
      builds++;
      for (const path of ['main/index.js', 'preload/index.cjs', 'renderer/index.html']) write(`out/${path}`, 'built');
      return undefined;
    });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'minos-build-'));
    builds = 0;
    write('main/index.ts', 'a');
    write('renderer/App.svelte', 'b');
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('happens once for the same sources', async () => {
    await ensure();
    await ensure();
    expect(builds).toBe(1);
  });

  it.each<[string, () => void]>([
    [
      'a source changed',
      () => {
        write('main/index.ts', 'aa');
      },
    ],
    [
      'a source is new',
      () => {
        write('renderer/features/New.svelte', 'c');
      },
    ],
    [
      'a source is gone',
      () => {
        rmSync(join(root, 'renderer/App.svelte'));
      },
    ],
    ['the user guide changed', () => write('docs/user-guide.md', '# Guide')],
    ['a picture of the guide changed', () => write('docs/images/nodes-light.png', 'new')],
    ['how the guide is read changed', () => write('scripts/guide/parse-guide.ts', 'new')],
    ['how its pictures are written changed', () => write('scripts/icons/png.ts', 'new')],
    [
      'an output is gone',
      () => {
        rmSync(join(root, 'out/preload/index.cjs'));
      },
    ],
  ])('happens again when %s', async (_what, change) => {
    await ensure();
    change();
    await ensure();
    expect(builds).toBe(2);
  });

  it('that failed is said and tried again', async () => {
    await expect(ensureBuilt(root, () => 'broken\n')).rejects.toThrow('The build failed');
    await ensure();
    expect(builds).toBe(1);
  });
});
