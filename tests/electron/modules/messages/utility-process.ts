import { type ChildProcess, fork as forkNode } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { app } from '../app.ts';

interface ForkOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly execArgv?: readonly string[];
  readonly cwd?: string;
  readonly stdio?: 'pipe' | 'inherit' | 'ignore';
  readonly serviceName?: string;
}

const PARENT_PORT = fileURLToPath(new URL('../../utility-parent-port.ts', import.meta.url));

/** A child on Node, with messages both ways (structured clones). Ports cannot be sent to it here. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super();
    this.#child = forkNode(modulePath, [...args], {
      execArgv: ['--import', PARENT_PORT, ...(options.execArgv ?? [])],
      env: { ...(options.env ?? process.env) },
      stdio: [...ioOf(options.stdio), 'ipc'],
      serialization: 'advanced',
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    const end = (): boolean => this.#child.kill('SIGKILL');
    process.once('exit', end);
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.once('exit', (code, signal) => {
      process.off('exit', end);
      this.emit('exit', code ?? 1);
      if (code === 0 || signal === 'SIGTERM') return;
      const details = { type: 'Utility', reason: 'crashed', exitCode: code ?? 1, serviceName: options.serviceName };
      app.emit('child-process-gone', {}, details);
    });
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null ? this.#child.pid : undefined;
  }

  get stdout(): ChildProcess['stdout'] {
    return this.#child.stdout;
  }

  get stderr(): ChildProcess['stderr'] {
    return this.#child.stderr;
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('The stand-in does not carry ports into a utility process.');
    this.#child.send(message as object);
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

const ioOf = (kind: 'pipe' | 'inherit' | 'ignore' = 'inherit'): ('pipe' | 'inherit' | 'ignore')[] => [
  'ignore',
  kind,
  kind,
];

export const utilityProcess = {
  fork(modulePath: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    return new UtilityProcess(modulePath, args, options);
  },
};
