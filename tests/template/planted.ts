import { cpSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files as they would be added, laid out as in the repository. */
const TREE = new URL('tree', import.meta.url).pathname;

/** A line that makes something known, behind the last line that starts with `behind`. An import comes with what uses it. */
interface Line {
  readonly file: string;
  readonly behind: string;
  readonly text: string;
}

/** All that is to be written outside of the new files. */
export const LINES: readonly Line[] = [
  // The screen, its action and what a right click offers.
  {
    file: 'renderer/features/all.ts',
    behind: 'export { ',
    text: "export { hostnames } from './hostnames/index.ts';",
  },
  // The command.
  {
    file: 'main/operations/commands/index.ts',
    behind: 'import ',
    text: "import { hostname } from './hostnames/hostname.ts';",
  },
  {
    file: 'main/operations/commands/index.ts',
    behind: "  { title: 'Containers'",
    text: "  { title: 'Hostnames', commands: [hostname] },",
  },
  // The live view.
  {
    file: 'main/operations/commands/index.ts',
    behind: 'import ',
    text: "import { kernelLines } from './hostnames/kernel-lines.ts';",
  },
  {
    file: 'main/operations/commands/index.ts',
    behind: "  { title: 'Logs'",
    text: "  { title: 'Kernel', commands: [kernelLines] },",
  },
  // The calls, and the deed that one of them plans.
  {
    file: 'preload/contract/calls.ts',
    behind: 'import ',
    text: "import { hostnameCalls } from './hostnames/calls.ts';",
  },
  { file: 'preload/contract/calls.ts', behind: '  ...', text: '  ...hostnameCalls,' },
  { file: 'preload/contract/index.ts', behind: 'export ', text: "export * from './hostnames/hostnames.ts';" },
  {
    file: 'main/operations/routes.ts',
    behind: 'import ',
    text: "import { hostnameRoutes } from './hostnames/routes.ts';",
  },
  { file: 'main/operations/routes.ts', behind: '    ...kubeconfigRoutes(', text: '    ...hostnameRoutes(workspace),' },
];

/** Paths of the new files, relative to the repository. */
export const FILES: readonly string[] = globSync('**/*', { cwd: TREE }).filter((path) =>
  statSync(join(TREE, path)).isFile(),
);

/** Adds the files and lines to a copy of the repository. Throws when a line finds no place. */
export function plant(copy: string): void {
  cpSync(TREE, copy, { recursive: true });
  for (const { file, behind, text } of LINES) {
    const path = join(copy, file);
    const lines = readFileSync(path, 'utf8').split('\n');
    const at = lines.findLastIndex((line) => line.startsWith(behind));
    if (at < 0) throw new Error(`${file} has no line that starts with ${behind}`);
    writeFileSync(path, lines.toSpliced(at + 1, 0, text).join('\n'));
  }
}

/** Takes all of it away again, as somebody would: the files, then the lines. */
export function uproot(copy: string): void {
  for (const file of FILES) rmSync(join(copy, file));
  for (const { file, text } of LINES) {
    const path = join(copy, file);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, lines.toSpliced(lines.indexOf(text), 1).join('\n'));
  }
}
