import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../../main/lib/clock.ts';
import { KubernetesApi } from '../../../main/simulator/kubernetes/api-server.ts';
import { startRehearsal } from '../../../main/simulator/rehearsal.ts';
import { testProto } from '../../fakes/open-workspace.ts';
import { openClusters } from '../operations/clusters/clusters-harness.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-test-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** Of one machine, at an address that is somebody's. */
const start = (drains: boolean): ReturnType<typeof startRehearsal> =>
  startRehearsal(
    {
      drains,
      roles: ['os:admin'],
      nodes: [],
      machines: [
        {
          name: 'cp-1',
          role: 'controlplane',
          address: '192.0.2.7',
          version: 'v1.13.9',
          isEndpoint: true,
          isAway: false,
          isLeader: true,
          etcd: 'voter',
        },
      ],
    },
    { folder, clock: systemClock, proto: testProto() },
  );

const ports = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;

it('leads nobody to the address of a real machine, also where no Kubernetes is simulated', async () => {
  const running = await start(false);
  const { clusters } = openClusters(await readFile(running.choice.path, 'utf8'));
  const pieces: Uint8Array[] = [];
  const options = { deadlineMs: 10_000, signal: new AbortController().signal };
  const stream = clusters.of('rehearsal').serverStream('/machine.MachineService/Kubeconfig', {}, options);
  for await (const { bytes } of stream) pieces.push(bytes);
  await clusters.close();
  await running.close();

  // The archive of a machine has no end.
  const text = gunzipSync(Buffer.concat(pieces), { finishFlush: constants.Z_SYNC_FLUSH }).toString();
  expect(/server: (\S+)/.exec(text)?.[1]).toBe('https://127.0.0.1:1');
});

it('leaves no port open when it cannot be started', async () => {
  const open = ports();
  vi.spyOn(KubernetesApi.prototype, 'start').mockRejectedValueOnce(new Error('too many open files'));

  await expect(start(true)).rejects.toThrow('too many open files');

  await expect.poll(ports).toBe(open);
});
