import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConfirmQuestion } from '../../../../../preload/contract/index.ts';
import { drainOrStop, releaseOrSay } from '../../../../../main/operations/deeds/drain/drain-acts.ts';
import type { DrainChoice, Drains } from '../../../../../main/operations/deeds/drain/drains.ts';
import { Failed } from '../../../../../main/lib/failed.ts';
import { machineOf, type Machine } from '../../../../../main/operations/plans/machine.ts';
import { startSimulator, type Simulator } from '../../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../../fakes/open-workspace.ts';

const signal = new AbortController().signal;
let simulator: Simulator;
let opened: TestWorkspace;
let drains: Drains;
let asked: ConfirmQuestion[];
let told: string[];
let isLet = false;

beforeAll(async () => {
  simulator = await startSimulator({ proto: testProto(), kubernetesApi: true, controlPlanes: 3, workers: 1 });
  api().workload.graceMs = 0;
  opened = await openWorkspace(simulator.talosconfig, undefined, (question) => {
    asked.push(question);
    return Promise.resolve({ isConfirmed: isLet, typed: '' });
  });
  await opened.workspace.nodes('sim').refresh();
});
beforeEach(() => {
  [asked, told, isLet] = [[], [], false];
  simulator.clearCalls();
  drains = opened.workspace.deeds.drains('sim');
});
afterEach(async () => {
  drains.close();
  simulator.handOut({});
  await simulator.clearFaults();
  for (const node of simulator.nodes) {
    node.setIlls({});
    api().workload.refill(node);
  }
  api().workload.more.clear();
});
afterAll(async () => {
  await opened.close();
  await simulator.close();
});

const api = () => simulator.kubernetes!;
const machine = (name: string): Machine => machineOf(name, opened.workspace.nodes('sim').current.nodes);
const watched = () => ({ signal, tell: (text: string) => told.push(text) });
const choice: DrainChoice = { timeoutMs: 0, consent: { unmanaged: new Set(), emptyDir: true } };
const drain = (name: string, onPaused = (_why: string) => Promise.resolve<'wait' | 'stop'>('stop')) =>
  drainOrStop(drains, machine(name), choice, { ...watched(), onPaused });
const release = (name: string) => releaseOrSay(drains, machine(name), 60_000, watched());
const certificatesFrom = (): readonly (string | undefined)[] =>
  simulator.calls
    .filter(({ method }) => method.endsWith('/Kubeconfig'))
    .map(({ metadata, endpoint }) => metadata['node']?.join() ?? endpoint);
const heldByBudget = (): string => {
  const pod = api()
    .workload.on(simulator.node('worker-01'))
    .find(({ controller }) => controller === 'ReplicaSet')!;
  api().workload.budgets.push({ namespace: pod.namespace, name: 'all-of-it', app: pod.app, refusals: Infinity });
  return `${pod.namespace}/${pod.name}`;
};

describe('the Kubernetes part of a deed', () => {
  it('drains a machine by its name in Kubernetes, with one certificate of its own, and gives it back', async () => {
    expect((await drains.forecast(machine('worker-01'), signal)).evicted.length).toBeGreaterThan(1);
    expect(await drain('worker-01')).toMatch(/^\d+ pods left it\.$/);
    expect(told).toContain('Kubernetes puts nothing new on worker-01.');
    expect(told.at(-1)).toMatch(/^(\d+) of \1 pods left worker-01\.$/);
    expect(simulator.node('worker-01').ills.annotations?.['minos.dev/cordoned-by']).toContain(drains.id);

    expect(await release('worker-01')).toBe('Kubernetes puts pods on it again.');
    expect(simulator.node('worker-01').ills).toMatchObject({ isCordoned: false, annotations: {} });
    expect(certificatesFrom()).toHaveLength(1);
    expect(JSON.stringify({ drains, told })).not.toMatch(/PRIVATE|LS0tLS1/);
    expect(asked).toEqual([]);
  });

  it('gives back only what it drained', async () => {
    simulator.node('worker-01').setIlls({ isCordoned: true });
    expect(await release('worker-01')).toBeUndefined();

    await drain('worker-01');
    expect(await release('worker-01')).toBe('It was cordoned by somebody else, and stays so.');
    expect(simulator.node('worker-01').ills.isCordoned).toBe(true);
  });

  it('says of one that it could not drain how it is, and not that somebody cordoned it', async () => {
    const byHand = { namespace: 'shop', name: 'by-hand', app: 'by-hand', controller: undefined };
    api().workload.more.set('worker-01', [{ ...byHand, isMirror: false, hasEmptyDir: false }]);

    await expect(drain('worker-01')).rejects.toMatchObject({ failure: { code: 'conflict' } });
    expect(simulator.node('worker-01').ills.isCordoned).not.toBe(true);
    expect(await release('worker-01')).toBe('Kubernetes puts pods on it.');
  });

  it('says that a machine may still be cordoned when nobody waits for it any more', async () => {
    await drain('worker-01');
    const left = AbortSignal.abort(new Failed({ code: 'cancelled', message: 'You stopped watching it.' }));

    await expect(releaseOrSay(drains, machine('worker-01'), 60_000, { ...watched(), signal: left })).rejects.toThrow(
      'You stopped watching it. worker-01 may still be cordoned: kubectl uncordon gives it back.',
    );
    expect(simulator.node('worker-01').ills.isCordoned).toBe(true);
  });

  it('gets a new certificate when the old one is refused, from a control plane that is not worked on', async () => {
    await drain('cp-1');
    expect(certificatesFrom()).toHaveLength(1);
    await api().setFault({ status: 401, message: 'Unauthorized', times: 1 });

    expect(await release('cp-1')).toBe('Kubernetes puts pods on it again.');
    expect(certificatesFrom()).toHaveLength(2);
    expect(certificatesFrom()[1]).not.toBe(machine('cp-1').node);
  });

  it('that is held by a budget asks what to do, goes on when told to wait, and says budget and pod when it stops', async () => {
    const pod = heldByBudget();
    const paused: string[] = [];
    const stopped = drain('worker-01', (why) => {
      paused.push(why);
      return Promise.resolve(paused.length < 3 ? 'wait' : 'stop');
    });

    await expect(stopped).rejects.toMatchObject({
      failure: {
        code: 'precondition',
        message: `After 0 s, 1 pod is still on worker-01: ${pod}. Held by the budget ${pod.split('/')[0]}/all-of-it.`,
        details: `${pod}: The disruption budget all-of-it needs 2 healthy pods and has 2 currently.`,
      },
    });
    expect(paused).toHaveLength(3);
    expect(told.at(-1)).toMatch(new RegExp(`pods left worker-01\\. ${pod} waits: The disruption budget all-of-it`));
    expect(await release('worker-01')).toBe('Kubernetes puts pods on it again.');
  });

  it('does not connect to a server that nobody knows unless the user lets it', async () => {
    simulator.handOut({ kubeconfig: (real) => real.replace(/server: .*/, 'server: https://evil.example:6443') });

    await expect(drains.forecast(machine('worker-01'), signal)).rejects.toMatchObject({
      failure: { code: 'denied', message: 'You did not let Minos connect to https://evil.example:6443.' },
    });
    expect(asked.map(({ facts }) => facts.at(-1))).toEqual([
      'Minos signs in with a certificate the cluster issued for this plan, and cordons nodes, evicts their pods and lets them take pods again. It keeps the certificate in memory until that has ended.',
    ]);
  });

  it('asks once for the plan and for what it does', async () => {
    isLet = true;
    simulator.handOut({ kubeconfig: (real) => real.replace(/server: .*/, 'server: https://localhost:1') });
    const agreed = new Set<string>();
    for (const _time of ['planned', 'done']) {
      const own = opened.workspace.deeds.drains('sim', agreed);
      await expect(own.forecast(machine('worker-01'), signal)).rejects.toThrow('cannot be asked');
      own.close();
    }

    expect(asked).not.toEqual([]);
    expect(asked.map(({ names }) => names?.items)).toEqual([['https://localhost:1']]);
  });

  it('says so when the role may not have a certificate of Kubernetes', async () => {
    const reader = await openWorkspace(await simulator.talosconfigFor({ roles: ['os:reader'] }));
    const own = reader.workspace.deeds.drains('sim');
    try {
      await reader.workspace.nodes('sim').refresh();
      await expect(own.forecast(machine('worker-01'), signal)).rejects.toMatchObject({
        failure: {
          code: 'denied',
          message: 'Fetching a kubeconfig needs the role os:admin; this certificate has os:reader.',
        },
      });
    } finally {
      own.close();
      await reader.close();
    }
  });
});
