import { startSimulator } from '../../../main/simulator/simulator.ts';
import type { RunEvent, NodesState, PoolStatus, TalosconfigState, WatchItem } from '../../../preload/contract/index.ts';
import { testProto } from '../../fakes/open-workspace.ts';
import type { Scenario } from '../support/scenario.ts';

/** Both clusters of the demo are listed, and it is left again. */
export const demo: Scenario = {
  name: 'demo',
  prepare: () => Promise.resolve({ main: { demo: true }, simulators: [] }),
  async play(stage) {
    await stage.call('app.openDemo');
    const { selected = '' } = await stage.topic<TalosconfigState>(
      'config.state',
      {},
      ({ contexts }) => contexts.length === 2,
    );
    await stage.topic<NodesState>(
      'nodes.state',
      { context: selected },
      ({ nodes, status }) => nodes.length === 14 && status === 'ready',
    );
    await stage.call('app.leaveDemo');
    await stage.topic<TalosconfigState>('config.state', {}, ({ contexts }) => contexts.length === 0);
  },
};

/** Version on three nodes, and what is asked of a run afterwards. */
export const version: Scenario = {
  name: 'version',
  async prepare() {
    const simulator = await startSimulator({ proto: testProto(), name: 'fra', baseAddress: '127.0.0.71' });
    return { main: { talosconfigText: simulator.talosconfig }, simulators: [simulator] };
  },
  async play(stage) {
    const context = { context: 'fra' };
    await stage.topic<TalosconfigState>('config.state', {}, ({ selected }) => selected === 'fra');
    await stage.topic<NodesState>('nodes.state', context, ({ nodes }) => nodes.length === 5);
    await stage.call('endpoints.test', context);
    await stage.topic<PoolStatus>('pool.state', context, ({ endpoints }) =>
      endpoints.every(({ phase, tested }) => phase === 'ready' && tested !== undefined),
    );
    type Resolved = { readonly nodes: readonly { readonly target: string }[] };
    const { nodes } = await stage.call<Resolved>('nodes.resolve', { ...context, text: 'cp-1,cp-2,worker-01' });
    const targets = nodes.map(({ target }) => target);
    const wish = { ...context, command: 'version', params: {}, deadlineMs: 20_000 };
    const events = await stage.stream<RunEvent>('run', { ...wish, nodes: targets });
    await stage.topic<readonly unknown[]>('runs.history', {}, (runs) => runs.length === 1);
    const runId = idOf(events);
    await stage.stream('replay', { runId });
    await stage.call('runs.raw', { runId, node: targets[0] });
    await stage.call('runs.again', { runId });
    // The rows of a text stand as the nodes answered, so it is that of one.
    const one = await stage.stream<RunEvent>('run', { ...wish, nodes: targets.slice(0, 1) });
    await stage.call('runs.text', { runId: idOf(one), format: 'csv' });
  },
};

const idOf = (events: readonly RunEvent[]): string => events.find((event) => event.type === 'started')?.runId ?? '';

/** Two nodes are watched; the way to one of them breaks, and the watch goes on. */
export const watch: Scenario = {
  name: 'watch',
  async prepare() {
    const simulator = await startSimulator({ proto: testProto(), name: 'fra', baseAddress: '127.0.0.71' });
    return { main: { talosconfigText: simulator.talosconfig }, simulators: [simulator] };
  },
  async play(stage, [simulator]) {
    await stage.topic<TalosconfigState>('config.state', {}, ({ selected }) => selected === 'fra');
    const nodes = ['cp-1', 'worker-01'];
    const params = { context: 'fra', nodes, type: 'members' };
    const port = stage.open('watch', params);
    const came = async (is: (item: WatchItem) => boolean): Promise<void> => {
      await port.until(() => (port.items as WatchItem[]).some(is));
    };
    for (const node of nodes) await came((item) => item.type === 'complete' && item.node === node);
    simulator?.setNodeFault('worker-01', { kind: 'apid-restart', backMs: 100 });
    await came((item) => item.type === 'gap' && item.node === 'worker-01');
    simulator?.node('cp-2').setVersion('v1.14.0');
    for (const node of nodes) await came((item) => item.type === 'set' && !item.isInitial && item.node === node);
    port.close();
    // How often the way was tried anew is chance.
    const items = (port.items as WatchItem[]).filter(({ type }) => !['silent', 'alive', 'gap'].includes(type));
    stage.noteStream('watch', params, items);
  },
};
