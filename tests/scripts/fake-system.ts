import type { System } from '../../scripts/system-packages.ts';

/** A machine with some programs on it. Installing a package brings its programs. */
export class FakeSystem implements System {
  readonly env: NodeJS.ProcessEnv = {};
  readonly commands: string[] = [];
  readonly said: string[] = [];
  readonly programs: Set<string>;
  isRoot = true;
  networkWorks = true;

  constructor(programs: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.programs = new Set(programs);
    this.env = env;
  }

  has(program: string): boolean {
    return this.programs.has(program);
  }

  run(command: string, args: readonly string[]): boolean {
    this.commands.push([command, ...args.filter((arg) => !/^(-o|DPkg)/.test(arg))].join(' '));
    return this.networkWorks;
  }

  readonly say = (line: string): void => {
    this.said.push(line);
  };
}

export const COMPLETE = ['apt-get', 'chromium', 'xvfb-run', 'Xvfb', 'xauth'];
