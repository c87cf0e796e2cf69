/**
 * Uses what was added, in a copy of the repository that has it: prints what the new call and command answer and what the
 * cluster was asked when the new deed was applied. Run by template.test.ts with plain Node.
 */
import { callRoutes } from '../../main/operations/routes.ts';
import { startSimulator } from '../../main/simulator/simulator.ts';
import { CALLS, type NodesState } from '../../preload/contract/index.ts';
import { openWorkspace, testProto } from '../fakes/open-workspace.ts';
import { noDiagnostics } from '../fakes/no-diagnostics.ts';
import { noUpdates } from '../fakes/no-updates.ts';

const simulator = await startSimulator({ proto: testProto(), workers: 1 });
const { workspace, close } = await openWorkspace(simulator.talosconfig);
const none = (): never => {
  throw new Error('not here');
};
const desktop = {
  chooseFiles: none,
  chooseSavePath: none,
  chooseKubeconfig: none,
  chooseFolder: none,
  showInFolder: none,
  clipboardText: none,
  droppedPaths: none,
};
const routes = callRoutes({
  workspace,
  info: none,
  diagnostics: noDiagnostics(),
  updates: noUpdates(),
  desktop,
  pageRequests: none,
  openWindow: none,
});
const context = { signal: new AbortController().signal, windowId: 1 };
/** By a name that only the copy knows. */
const call = (name: string, input: unknown): Promise<unknown> =>
  Promise.resolve(
    (routes as unknown as Record<string, (input: unknown, more: unknown) => unknown>)[name]?.(input, context),
  );

const discovered = new Promise<void>((resolve) => {
  workspace.clusters.nodes('sim').subscribe((state: NodesState) => {
    if (state.status === 'ready') resolve();
  });
});
await discovered;
const nodes = simulator.nodes.slice(0, 2).map(({ address }) => address);
const run = workspace.runs.start(
  { context: 'sim', command: 'hostname', params: {}, nodes, deadlineMs: 20_000 },
  context.signal,
);
const rows: unknown[] = [];
for await (const event of run) if (event.type === 'answered') rows.push(...event.rows);
const stop = new AbortController();
const lines: string[] = [];
const live = workspace.runs.start(
  { context: 'sim', command: 'kernel-lines', params: {}, nodes: nodes.slice(0, 1), deadlineMs: 20_000 },
  stop.signal,
);
for await (const event of live) {
  if (event.type !== 'lines') continue;
  lines.push(...event.lines);
  // It stays open until nobody wants it any more.
  stop.abort();
}
const plan = (await call('hostnames.planReboot', { context: 'sim', nodes })) as { token: string };
const before = simulator.calls.length;
const change = (await call('plans.apply', { token: plan.token })) as { what: string };
const asked = simulator.calls.slice(before).filter(({ method }) => method.endsWith('/Reboot'));
console.log(
  JSON.stringify({
    isInTable: 'hostnames.list' in CALLS,
    listed: await call('hostnames.list', { context: 'sim' }),
    rows: rows.flat().sort(),
    hasLines: lines.length > 0,
    what: change.what,
    rebooted: asked.map(({ node }) => node),
  }),
);
await close();
await simulator.close();
