import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { Runtime } from '../runtime.ts';

/** Where figures were taken: without it they say nothing. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  /** Work of others at the start, in cores. */
  readonly load: number;
  readonly runtime: string;
  readonly node: string;
  readonly minos: string;
  readonly commit: string;
}

export function describeMachine(root: string, runtime: Runtime): Machine {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const commit = spawnSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).stdout.trim();
  const chromium = spawnSync('chromium', ['--version'], { encoding: 'utf8' }).stdout as string | null;
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
    runtime:
      runtime.kind === 'electron' ? 'Electron' : `stand-in on ${chromium?.split(' ').slice(0, 2).join(' ') ?? ''}`,
    node: process.version,
    minos: version,
    commit,
  };
}

export const machineLine = (machine: Machine): string =>
  `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, load ${machine.load}; ` +
  `${machine.runtime}, Node ${machine.node}; Minos ${machine.minos} at ${machine.commit}`;
