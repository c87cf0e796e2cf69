import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ClusterChange } from '../../../../main/operations/clusters/lease.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

const { signal } = new AbortController();
const DEAD = '127.0.0.1:1';
let simulator: Simulator;
let opened: TestWorkspace;
let text: string;

/** The file names an endpoint that nobody listens at; the command line names those of the cluster. */
beforeEach(async () => {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 1 });
  text = simulator.talosconfig.replace(/127\.0\.0\.\d+:\d+/g, DEAD);
  const endpoints = simulator.endpoints.map(({ target }) => target);
  const more = { startEndpoints: { endpoints } };
  opened = await openWorkspace(text, undefined, undefined, undefined, undefined, undefined, more);
});
afterEach(async () => {
  await opened.close();
  await simulator.close();
});

const dialled = (): readonly string[] =>
  opened.workspace.clusters.status('sim').current.endpoints.map(({ endpoint }) => endpoint);

it('the context is dialled over the endpoints of the command line, and over those of its file after a click', async () => {
  const { clusters, talosconfig } = opened.workspace;
  const { target } = simulator.endpoints[0]!;
  const told: ClusterChange[] = [];
  const lease = clusters.lease('sim', (change) => told.push(change));

  const { endpoint } = await lease.caller.unary('/machine.MachineService/Version', {}, { signal, deadlineMs: 5_000 });
  expect([endpoint, lease.caller.endpoints, dialled()]).toEqual([target, [target], [target]]);

  talosconfig.useFileEndpoints('sim');
  expect([told, lease.caller.endpoints, dialled()]).toEqual([[{ type: 'moved' }], undefined, [DEAD]]);
  expect(() => talosconfig.useFileEndpoints('gone')).toThrow('The talosconfig has no context gone.');
  lease.release();
});

it('what is written to files has the endpoints of the file', async () => {
  const { editing, plans } = opened.workspace;
  const { token } = await editing.renewals.renew('sim', signal);
  await plans.apply(token);
  const renewed = await readFile(opened.path, 'utf8');
  expect(renewed.replace(/(crt|key): .*/g, '')).toBe(text.replace(/(crt|key): .*/g, ''));

  const path = join(dirname(opened.path), 'reader.yaml');
  await editing.issue('sim', { roles: ['os:reader'], hours: 1 }, () => Promise.resolve(path), signal);
  const issued = await readFile(path, 'utf8');
  expect(issued).toContain(DEAD);
  expect(issued).not.toContain(simulator.endpoints[0]!.target);
  expect(dialled()).toEqual([simulator.endpoints[0]!.target]);
});

it('a plan says the endpoints in the line of talosctl that does the same', async () => {
  const { target } = simulator.endpoints[0]!;
  await opened.workspace.nodes('sim').refresh();
  const wish = { context: 'sim', nodes: ['worker-01'], deed: 'reboot', params: {} };

  const { talosctl } = await opened.workspace.deeds.plan(wish, signal);

  expect(talosctl).toContain(`talosctl --context sim -e ${target} -n `);
});
