import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { type Server, createServer } from 'node:net';
import { resolve } from 'node:path';

export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/** Runs in its own short process, because the second instance may exit right after asking for the lock. */
const DELIVER = `
const socket = require('node:net').connect(process.argv[1].replace('@', '\\0'));
socket.on('error', () => process.exit(1));
process.stdin.pipe(socket);
socket.resume().on('end', () => process.exit(0));
`;

/**
 * One process per userData folder. The lock is a Linux abstract socket named after the folder: it vanishes with its
 * process, and through it the second instance tells the first one its arguments.
 */
export class SingleInstance {
  #server: Server | undefined;

  get held(): boolean {
    return this.#server !== undefined;
  }

  /** True when this process is the first; otherwise the first one has been told. Synchronous, as in Electron. */
  request(userData: string, second: SecondInstance, onSecond: (second: SecondInstance) => void): boolean {
    if (this.#server) return true;
    const name = socketName(userData);
    for (let attempt = 0; attempt < 3; attempt++) {
      const server = listen(name, onSecond);
      if (server) {
        this.#server = server;
        return true;
      }
      const input = JSON.stringify(second);
      const told = spawnSync(process.execPath, ['-e', DELIVER, `@${name}`], { input, env: {}, timeout: 10_000 });
      if (told.status === 0) return false;
      // The first one ended just now: try to become the first.
    }
    return false;
  }

  release(): void {
    this.#server?.close();
    this.#server = undefined;
  }
}

const socketName = (userData: string): string =>
  `electron-stand-in-${createHash('sha256').update(resolve(userData)).digest('hex').slice(0, 32)}`;

/** Binding a local socket happens before `listen` returns; undefined when the name is taken. */
function listen(name: string, onSecond: (second: SecondInstance) => void): Server | undefined {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', () => socket.destroy());
    socket.on('end', () => {
      onSecond(JSON.parse(text) as SecondInstance);
      socket.end();
    });
  });
  server.on('error', () => {
    // Taken; seen below.
  });
  server.listen(`\0${name}`);
  server.unref();
  return server.listening ? server : undefined;
}
