import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Figure, Measure, Subject } from './measure.ts';

const LIMIT_MS = 300_000;

/**
 * A measure that runs main's code in a process of its own, of the checkout that is measured. `expression` is JavaScript that
 * gives the figures; `module` in it is the module named, relative to the repository.
 */
export function inChild(
  name: string,
  module: string,
  expression: string,
  figures: readonly Figure[],
  rounds: number,
): Measure {
  return {
    name,
    figures,
    rounds,
    async sample({ root }: Subject) {
      const url = pathToFileURL(join(root, module)).href;
      // No --input-type: threads that the measured code starts would inherit it and refuse to start.
      const code = `import(${JSON.stringify(url)}).then(async (module) => console.log(JSON.stringify(await ${expression})));`;
      const args = ['--eval', code];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: LIMIT_MS });
      return JSON.parse(stdout) as readonly number[];
    },
  };
}
