import { access, readFile, stat } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { startDemo, type RunningDemo } from '../../../main/simulator/demo.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { useHarness } from './harness.ts';
import { contextOf } from './talos-client.ts';

const VERSION = '/machine.MachineService/Version';
const { connect } = useHarness();
let demo: RunningDemo | null = null;

afterEach(async () => {
  await demo?.close();
  demo = null;
});

describe('the demo', () => {
  it('has fourteen nodes, one down, two on an older version, and a small second cluster', async () => {
    demo = await startDemo({ clock: new FakeClock() });
    const client = connect(demo.talosconfig);

    const versions = demo.demo.nodes
      .filter((node) => node.fault === null)
      .map(async (node) => (await client.unary(VERSION, {}, { node: node.address })).messages[0]?.version?.tag);

    expect((await Promise.all(versions)).sort()).toEqual([
      ...Array<string>(2).fill('v1.13.8'),
      ...Array<string>(10).fill('v1.13.9'),
    ]);
    expect((await client.error(VERSION, {}, { node: 'worker-07' })).code).toBe(14);
    expect(demo.lab.nodes.map((node) => node.name)).toEqual(['cp-1', 'worker-01', 'worker-02']);
  });

  it('keeps its talosconfig in a private file that goes away with it', async () => {
    demo = await startDemo();
    const { path } = demo.choice;

    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(contextOf(await readFile(path, 'utf8'), 'demo').endpoints).toHaveLength(3);
    await demo.close();
    await expect(access(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
