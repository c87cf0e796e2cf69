import { afterEach, expect, it } from 'vitest';
import type { ConfirmQuestion, DeedPreview } from '../../../../preload/contract/index.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';
import { requestsSent } from '../../../fakes/requests-sent.ts';
import { confirming, triedDeeds } from '../../../fakes/tried-deeds.ts';

let simulator: Simulator;
let opened: TestWorkspace;
let asked: ConfirmQuestion[];

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 3, endpoints: ['cp-1'] });
  for (const node of simulator.nodes) node.setNextBoot({ downMs: 300, bootMs: 500 });
  asked = [];
  opened = await openWorkspace(simulator.talosconfig, undefined, confirming(asked));
  await opened.workspace.nodes('sim').refresh();
}

const planned = (nodes: readonly string[]): Promise<DeedPreview> =>
  opened.workspace.deeds.plan(
    { context: 'sim', nodes: [...nodes], deed: 'rollback', params: {} },
    new AbortController().signal,
  );
const { apply, newest } = triedDeeds(() => opened);
const texts = () => newest()?.steps.map(({ stage, text }) => [stage, text]);

it('a rollback starts machine after machine with the version in its other slot, and ends at one that has none', async () => {
  await start();
  for (const name of ['worker-01', 'worker-03']) simulator.node(name).setIlls({ otherSlot: 'v1.13.8' });
  const preview = await planned(['worker-01', 'worker-02', 'worker-03']);
  expect(preview.talosctl).toMatch(/ rollback$/);
  expect(preview.head?.effects.join(' ')).toMatch(/Which version lies in the other boot slot cannot be read/);

  await expect(apply(preview)).rejects.toThrow(/Ended at worker-02: .*It was done on worker-01\./);

  expect(asked[0]?.typed).toBe('sim');
  expect(requestsSent(simulator, '/machine.MachineService/Rollback')).toEqual([
    { node: '10.5.0.3' },
    { node: '10.5.0.4' },
  ]);
  expect(simulator.nodes.map(({ version }) => version)).toEqual(['v1.13.9', 'v1.13.8', 'v1.13.9', 'v1.13.9']);
  expect(texts()).toEqual([
    [
      'done',
      expect.stringMatching(
        /^It has started anew with Talos v1\.13\.8 \(before: v1\.13\.9\), and is running and ready \d+ s after\.$/,
      ),
    ],
    ['failed', expect.stringContaining('previous UKI not found')],
    ['left', undefined],
  ]);
  expect((await planned(['cp-1'])).machines[0]?.refused).toMatch(/only control plane/);
  expect((await planned(['worker-01', 'worker-03'])).head?.effects).toContain(
    'By what was done from here, it should be v1.13.9 on worker-01.',
  );
}, 60_000);
