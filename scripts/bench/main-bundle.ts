import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Measure } from './measure.ts';

const PROBE = join(import.meta.dirname, 'main-bundle-probe.ts');

/**
 * Reading, compiling and running out/main/index.js in a new process, up to its last line: nothing can be shown before. Node
 * runs it with an `electron` that answers everything, so that only our own code is measured.
 */
export const mainBundle: Measure = {
  name: 'main-bundle',
  figures: [{ name: 'main bundle evaluation', unit: 'ms', atMost: 150 }],
  rounds: 15,
  async sample({ root }) {
    const { stdout } = await promisify(execFile)(process.execPath, [PROBE, join(root, 'out/main/index.js')]);
    return [Number(stdout)];
  },
};
