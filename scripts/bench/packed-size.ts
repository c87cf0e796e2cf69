import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Measure } from './measure.ts';

/** The archive of the packed app: all of Minos without Electron. */
export const packedSize: Measure = {
  name: 'size',
  figures: [{ name: 'app.asar', unit: 'MB', atMost: 8 }],
  rounds: 1,
  sample({ root }) {
    const args = ['scripts/package.ts', '--dir'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    if (status !== 0) return Promise.reject(new Error(stderr));
    const below = process.platform === 'linux' ? 'dist/linux-unpacked/resources' : 'dist/win-unpacked/resources';
    return Promise.resolve([statSync(join(root, below, 'app.asar')).size / 1e6]);
  },
};
