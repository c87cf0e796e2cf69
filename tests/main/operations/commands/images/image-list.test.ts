import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageRow } from '../../../../../main/operations/commands/images/image-list.ts';
import { overTheWire } from '../../../../fakes/over-the-wire.ts';
import { eventsOf, openBench, rowsOf, type Bench } from '../../work/runs-harness.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({ controlPlanes: 1, workers: 1, overrides: { 'worker-01': { version: 'v1.12.4' } } });
});
afterAll(async () => {
  expect(await bench.close()).toBe(0);
});

describe('image list', () => {
  it('shows an image as talosctl does, labels sorted', () => {
    const image = overTheWire('/machine.ImageService/List', {
      ...{ name: 'ghcr.io/x:1', digest: 'sha256:00', size: '5000000000' },
      ...{ created_at: { seconds: 1_700_000_000 }, labels: { b: '2', a: '1' } },
    });

    expect(imageRow(image)).toEqual(['ghcr.io/x:1', 'sha256:00', 5_000_000_000, 'a=1,b=2', 1_700_000_000_000]);
  });

  it('asks a node that lacks the call with the older one, and that node alone', async () => {
    const events = await bench.run({ command: 'images' });
    const labels = (node: string) => new Set(rowsOf(events, node).map((row) => row[3]));

    expect(events.at(-1)).toMatchObject({ ok: 2, failed: 0 });
    expect(labels('cp-1')).toEqual(new Set(['io.cri-containerd.image=managed']));
    expect(labels('worker-01')).toEqual(new Set([null]));
  });

  it('shows the images of Talos itself', async () => {
    const events = await bench.run({ command: 'images', params: { namespace: 'system' }, nodes: ['cp-1'] });

    expect(rowsOf(events, 'cp-1').map(([name]) => name)).toContain('registry.k8s.io/etcd:v3.6.6-0');
    expect(eventsOf(events, 'started')[0]?.talosctl).toBe(
      'talosctl --context sim -n cp-1 image list --namespace system',
    );
  });

  it('shows those of pods where the namespace is left empty', async () => {
    const events = await bench.run({ command: 'images', params: { namespace: '' }, nodes: ['cp-1'] });

    expect(rowsOf(events, 'cp-1').map(([name]) => name)).toContain('registry.k8s.io/pause:3.10.1');
  });

  it('says of what is kept in memory that an older node cannot tell', async () => {
    const events = await bench.run({ command: 'images', params: { namespace: 'inmem' } });

    expect(eventsOf(events, 'failed').map(({ node, failure }) => [node, failure.code])).toEqual([
      ['worker-01', 'not-supported'],
    ]);
  });
});
