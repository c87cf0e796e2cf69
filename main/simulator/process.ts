import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CallRecord } from './endpoint/calls-log.ts';
import type { Command } from './control.ts';
import type { EndpointFault, NodeFault } from './faults/faults.ts';
import type { MachineType } from './node/node-facts.ts';

/** A cluster of a simulator in another process. */
export interface RemoteCluster {
  readonly name: string;
  readonly caPem: string;
  readonly endpoints: readonly {
    readonly target: string;
    readonly address: string;
    readonly port: number;
    readonly node: string;
  }[];
  readonly nodes: readonly {
    readonly name: string;
    readonly address: string;
    readonly role: MachineType;
    readonly version: string;
  }[];
}

/** How to start it. */
export interface SpawnOptions {
  /** Arguments of cli.ts: `['--nodes', '14']`. */
  readonly args?: readonly string[];
  /** Ends by itself after so long, whatever becomes of us. Default ten minutes. */
  readonly forSeconds?: number;
  /** A Node that runs the script. Default: the one that runs now. */
  readonly execPath?: string;
  /** The script. Default: cli.ts beside this file. */
  readonly scriptPath?: string;
}

/** A simulator in a process of its own: it shares no event loop with its clients and can be stopped like a machine. */
export interface ChildSimulator {
  /** YAML with a context per cluster. Contains private keys. */
  readonly talosconfig: string;
  /** One, or the two of `--demo`. */
  readonly clusters: readonly RemoteCluster[];
  readonly pid: number;
  /** Sends any command; rejects with what was wrong. */
  command(command: Omit<Command, 'id'>): Promise<unknown>;
  setEndpointFault(endpoint: string, fault: EndpointFault): Promise<void>;
  setNodeFault(node: string, fault: NodeFault | null): Promise<void>;
  clearFaults(): Promise<void>;
  calls(): Promise<readonly CallRecord[]>;
  openConnections(): Promise<number>;
  talosconfigFor(wish: NonNullable<Command['talosconfig']>): Promise<string>;
  /** Stops the whole process as a suspended machine: sockets stay open, nothing answers. */
  suspend(): void;
  resume(): void;
  /** Dies at once, without a word to its clients. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends it in order. Resolves when it is gone. */
  close(): Promise<void>;
}

interface Ready {
  readonly talosconfig: string;
  readonly clusters: readonly RemoteCluster[];
}

interface Line {
  readonly ready?: Ready;
  readonly id?: number;
  readonly ok?: unknown;
  readonly error?: string;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const DEFAULT_LIFE_SECONDS = 600;

/** Starts a simulator as a child. Rejects with its own words when it cannot start. The caller closes it. */
export async function spawnSimulator(options: SpawnOptions = {}): Promise<ChildSimulator> {
  const script = options.scriptPath ?? fileURLToPath(new URL('./cli.ts', import.meta.url));
  const life = String(options.forSeconds ?? DEFAULT_LIFE_SECONDS);
  const child = spawn(
    options.execPath ?? process.execPath,
    [script, '--json', '--for-seconds', life, ...(options.args ?? [])],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString('utf8')).slice(-4_000)));
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout });
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => {
      for (const { reject } of waiting.values()) reject(new Error('The simulator is gone.'));
      waiting.clear();
      resolve();
    });
  });

  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('error', reject);
    void gone.then(() => reject(new Error(complaint.trim() || 'The simulator ended before it was ready.')));
    lines.on('line', (text) => {
      const line = JSON.parse(text) as Line;
      if (line.ready !== undefined) resolve(line.ready);
      const waiter = waiting.get(line.id ?? -1);
      if (line.id === undefined || waiter === undefined) return;
      waiting.delete(line.id);
      if (line.error === undefined) waiter.resolve(line.ok);
      else waiter.reject(new Error(line.error));
    });
  });

  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null;

  function command(order: Omit<Command, 'id'>): Promise<unknown> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      if (isGone()) {
        reject(new Error('The simulator is gone.'));
        return;
      }
      waiting.set(id, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ ...order, id })}\n`);
    });
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!isGone()) {
      child.kill(signal);
      if (signal === 'SIGTERM') child.kill('SIGCONT');
    }
    await gone;
  }

  return {
    ...ready,
    pid: child.pid ?? 0,
    command,
    async setEndpointFault(endpoint, fault) {
      await command({ fault: { endpoint, ...fault } });
    },
    async setNodeFault(node, fault) {
      await command(fault === null ? { clear: { node } } : { fault: { node, ...fault } });
    },
    async clearFaults() {
      await command({ clear: 'all' });
    },
    calls: async () => (await command({ calls: {} })) as readonly CallRecord[],
    openConnections: async () => (await command({ connections: true })) as number,
    talosconfigFor: async (talosconfig) => (await command({ talosconfig })) as string,
    suspend: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill: () => end('SIGKILL'),
    close: () => end('SIGTERM'),
  };
}
