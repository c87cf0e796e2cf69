import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../../main/simulator/simulator.ts';
import { talosconfigText } from '../../../main/simulator/cluster/talosconfig-text.ts';
import type { TalosconfigState } from '../../../preload/contract/index.ts';
import { testProto } from '../../fakes/open-workspace.ts';
import { OTHERS } from '../../main/kubeconfig/samples.ts';
import type { Scenario } from '../support/scenario.ts';

const cluster = (): Promise<Simulator> =>
  startSimulator({ proto: testProto(), name: 'fra', baseAddress: '127.0.0.71' });

/** A file with comments and two contexts, as people keep it. */
const kept = async (simulator: Simulator): Promise<string> => {
  const contexts = await Promise.all(['prod', 'staging'].map((contextName) => simulator.contextFor({ contextName })));
  return `# mine\n${talosconfigText(contexts).replace('prod:\n', 'prod: # daily\n')}`;
};

const isOpen = ({ contexts }: TalosconfigState): boolean => contexts.length > 0;

/** A dropped talosconfig is compared, planned, written and taken back. */
export const importing: Scenario = {
  name: 'import',
  async prepare() {
    const simulator = await cluster();
    const dropped = await simulator.talosconfigFor({ contextName: 'prod' });
    const files = { 'dropped.yaml': dropped };
    return { main: { talosconfigText: await kept(simulator), files, confirms: true }, simulators: [simulator] };
  },
  async play(stage) {
    await stage.topic('config.state', {}, isOpen);
    const file = join(stage.main.home, 'config');
    const dropped = await stage.drop(join(stage.main.home, 'dropped.yaml'));
    const { token, rows } = await stage.call<{ token: string; rows: { id: string }[] }>('import.fromDrop', {
      token: dropped,
    });
    const choices = [{ id: rows[0]?.id, action: 'rename', name: 'guest' }];
    const plan = await stage.call<{ token: string }>('import.plan', {
      token,
      choices,
      switchCurrent: true,
      asTalosctl: false,
    });
    const { id } = await stage.call<{ id: string }>('plans.apply', { token: plan.token });
    await stage.call('history.list', { file });
    await stage.call('plans.undo', { change: id });
  },
};

/** A context gets another name and its old one back. */
export const renaming: Scenario = {
  name: 'rename',
  async prepare() {
    const simulator = await cluster();
    return { main: { talosconfigText: await kept(simulator) }, simulators: [simulator] };
  },
  async play(stage) {
    await stage.topic('config.state', {}, isOpen);
    const { id } = await stage.call<{ id: string }>('contexts.rename', { context: 'prod', to: 'production' });
    await stage.topic<TalosconfigState>('config.state', {}, ({ contexts }) =>
      contexts.some(({ name }) => name === 'production'),
    );
    await stage.call('plans.undo', { change: id });
    await stage.topic<TalosconfigState>('config.state', {}, ({ contexts }) =>
      contexts.some(({ name }) => name === 'prod'),
    );
  },
};

/** A certificate is renewed, and the old one put back. */
export const renewing: Scenario = {
  name: 'renew',
  async prepare() {
    const simulator = await cluster();
    return { main: { talosconfigText: await kept(simulator), confirms: true }, simulators: [simulator] };
  },
  async play(stage) {
    await stage.topic('config.state', {}, isOpen);
    const { token } = await stage.call<{ token: string }>('contexts.renew', { context: 'prod' });
    const { id } = await stage.call<{ id: string }>('plans.apply', { token });
    await stage.call('plans.undo', { change: id });
  },
};

/** A kubeconfig is fetched, merged into one that is there, and taken back. */
export const merging: Scenario = {
  name: 'kubeconfig',
  async prepare() {
    const simulator = await cluster();
    const files = { '.kube/config': OTHERS };
    return { main: { talosconfigText: simulator.talosconfig, files, confirms: true }, simulators: [simulator] };
  },
  async play(stage) {
    await stage.topic('config.state', {}, isOpen);
    await stage.topic<{ contexts: readonly unknown[] }>(
      'kubeconfig.state',
      {},
      ({ contexts }) => contexts.length === 2,
    );
    const { token } = await stage.call<{ token: string }>('kubeconfig.fetch', { contexts: ['fra'] });
    const wish = { token, choice: 'rename', setCurrent: true, asTalosctl: false };
    const preview = await stage.call<{ token: string }>('kubeconfig.preview', wish);
    const { id } = await stage.call<{ id: string }>('plans.apply', { token: preview.token });
    await stage.call('plans.undo', { change: id });
    if (readFileSync(join(stage.main.home, '.kube/config'), 'utf8') !== OTHERS) throw new Error('undo left something');
  },
};
