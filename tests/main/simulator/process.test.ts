import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { spawnSimulator, type ChildSimulator, type SpawnOptions } from '../../../main/simulator/process.ts';
import { useHarness } from './harness.ts';
import { contextOf } from './talos-client.ts';

const VERSION = '/machine.MachineService/Version';
const CLI = new URL('../../../main/simulator/cli.ts', import.meta.url).pathname;
const { connect } = useHarness();
const children: ChildSimulator[] = [];
const folders: string[] = [];

async function spawn(options: SpawnOptions): Promise<ChildSimulator> {
  const child = await spawnSimulator({ forSeconds: 60, ...options });
  children.push(child);
  return child;
}

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.close()));
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

describe('a simulator in its own process', () => {
  it('serves, obeys faults, tells its calls, and is gone after close', async () => {
    const child = await spawn({ args: ['--nodes', '4', '--endpoints', '2', '--name', 'remote'] });
    const client = connect(child.talosconfig);

    await client.unary(VERSION, {}, { node: 'worker-01' });
    await child.setNodeFault('worker-01', { kind: 'down' });
    const down = await client.error(VERSION, {}, { node: 'worker-01' });
    await child.clearFaults();
    await client.unary(VERSION, {}, { node: 'worker-01' });

    expect(child.clusters.map(({ name, endpoints, nodes }) => [name, endpoints.length, nodes.length])).toEqual([
      ['remote', 2, 4],
    ]);
    expect(down.code).toBe(14);
    expect((await child.calls()).map((call) => call.code)).toEqual([0, 14, 0]);
    expect(await child.openConnections()).toBe(1);
    await child.close();
    expect(() => process.kill(child.pid, 0)).toThrow();
  });

  it('stops answering while it is suspended, and carries on', async () => {
    const child = await spawn({ args: ['--nodes', '1'] });
    const client = connect(child.talosconfig);
    await client.unary(VERSION, {});

    child.suspend();
    await expect(client.unary(VERSION, {}, {}, { deadlineMs: 200 })).rejects.toMatchObject({ code: 4 });
    child.resume();

    expect((await client.unary(VERSION, {})).messages).toHaveLength(1);
  });

  it('breaks its calls when it is killed', async () => {
    const child = await spawn({ args: ['--nodes', '1'] });
    const client = connect(child.talosconfig);
    await client.unary(VERSION, {});

    await child.kill();

    expect((await client.error(VERSION, {})).code).toBe(14);
    await expect(child.clearFaults()).rejects.toThrow('The simulator is gone.');
  });

  it('runs the demo with two contexts', async () => {
    const child = await spawn({ args: ['--demo'] });

    expect(child.clusters.map(({ name, nodes }) => [name, nodes.length])).toEqual([
      ['demo', 14],
      ['lab', 3],
    ]);
    expect(contextOf(child.talosconfig, 'lab').nodes).toHaveLength(3);
  });

  it('writes the talosconfig for its owner only, ends by itself, and says where it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'minos-simulator-'));
    folders.push(folder);
    const path = join(folder, 'talosconfig');
    await writeFile(path, 'older', { mode: 0o644 });

    const { stdout } = await promisify(execFile)(process.execPath, [
      CLI,
      '--nodes',
      '1',
      '--talosconfig-out',
      path,
      '--for-seconds',
      '0',
    ]);

    expect(stdout.trim()).toBe(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(contextOf(await readFile(path, 'utf8')).endpoints).toHaveLength(1);
  });

  it('ends when its standard input ends', async () => {
    const run = promisify(execFile)(process.execPath, [CLI, '--nodes', '1']);
    run.child.stdin?.end('{"connections":true}\n');

    const { stdout } = await run;

    expect(stdout.trim().split('\n').at(-1)).toBe('{"ok":0}');
  });

  it('refuses arguments it cannot use', async () => {
    await expect(spawn({ args: ['--nodes', 'many'] })).rejects.toThrow('--nodes wants a whole number.');
  });
});
