import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CheckEvent, CheckStep, ConfirmQuestion } from '../../../../preload/contract/index.ts';
import { kubernetesServer } from '../../../../main/operations/checks/kubernetes-endpoint.ts';
import { openWorkspace } from '../../../fakes/open-workspace.ts';
import { collectEvents, openBench, type Bench } from '../work/runs-harness.ts';

let bench: Bench;
const kubernetes = () => bench.simulator.kubernetes!;

beforeAll(async () => {
  bench = await openBench({ kubernetesApi: true });
});
afterEach(async () => {
  for (const node of bench.simulator.nodes) node.setIlls({});
  await bench.simulator.clearFaults();
  kubernetes().asked.length = 0;
});
afterAll(async () => {
  // The health check was given back its connection, too.
  expect(await bench.close()).toBe(0);
});

const wish = {
  ...{ node: 'cp-1', isByServer: false, asksKubernetes: true, timeout: '20m', controlPlanes: [], workers: [] },
};
type Wish = Partial<Parameters<Bench['workspace']['healthCheck']>[1]>;

/** Runs until a check says something, and cancels there; else to the end. */
async function waiting(over: Wish = {}, workspace = bench.workspace): Promise<readonly CheckStep[]> {
  const stop = new AbortController();
  const steps = new Map<string, CheckStep>();
  try {
    for await (const event of workspace.healthCheck('sim', { ...wish, ...over }, stop.signal)) {
      if (event.type !== 'step') continue;
      steps.set(event.step.name, event.step);
      if (event.step.state === 'running' && event.step.text !== undefined) stop.abort();
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  return [...steps.values()];
}

const last = async (over?: Wish): Promise<string> => {
  const step = (await waiting(over)).at(-1)!;
  return `${step.name}: ${step.text}`;
};

const states = (events: readonly CheckEvent[]): readonly string[] => [
  ...new Map(events.flatMap((event) => (event.type === 'step' ? [[event.step.name, event.step.state]] : []))).values(),
];

describe('a health check from here that asks Kubernetes', () => {
  it('goes through the whole list, with one certificate that no file holds', async () => {
    bench.simulator.clearCalls();
    const events = await collectEvents(bench.workspace.healthCheck('sim', wish, new AbortController().signal));

    expect(states(events)).toEqual(Array(16).fill('ok'));
    expect(events.at(-1)).toMatchObject({ type: 'finished', state: 'healthy' });
    expect(kubernetes().asked).toContain('/api/v1/nodes?limit=200');
    expect(bench.simulator.calls.filter(({ method }) => method.endsWith('/Kubeconfig'))).toHaveLength(1);
    expect(JSON.stringify(events)).not.toMatch(/PRIVATE|LS0tLS1/);
  });

  it.each([
    [
      'the components of a control plane',
      () => bench.simulator.node('cp-2').setIlls({ isApiServerNotReady: true }),
      'all control plane components to be ready: some pods are not ready for kube-apiserver: [kube-apiserver-cp-2]',
    ],
    [
      'a node that is not ready',
      () => bench.simulator.node('worker-01').setIlls({ isNotReadyInKubernetes: true }),
      'all k8s nodes to report ready: some nodes are not ready: [worker-01]',
    ],
    [
      'pods of coredns',
      () => kubernetes().notReady.add('kube-dns'),
      'coredns to report ready: no ready pods found for namespace "kube-system" and label selector "k8s-app=kube-dns"',
    ],
    [
      'pods of kube-proxy',
      () => kubernetes().notReady.add('kube-proxy'),
      'kube-proxy to report ready: no ready pods found for namespace "kube-system" and label selector "k8s-app=kube-proxy"',
    ],
    [
      'a cordoned node',
      () => bench.simulator.node('worker-02').setIlls({ isCordoned: true }),
      'all k8s nodes to report schedulable: some nodes are not schedulable: [worker-02]',
    ],
  ] as const)('waits for %s, in the words of Talos', async (_what, break_, text) => {
    break_();

    expect(await last()).toBe(text);
  });

  it.each([
    [
      'refuses connections',
      'refuse',
      /^all k8s nodes to report: The API of Kubernetes cannot be asked: 127\.0\.0\.\d+:\d+ refused the connection\.$/,
    ],
    [
      'answers with an error',
      { status: 503, message: 'etcd is not there' },
      /^all k8s nodes to report: The API of Kubernetes answered 503: etcd is not there\.$/,
    ],
  ] as const)('says that the API %s', async (_what, fault, text) => {
    await kubernetes().setFault(fault);

    expect(await last()).toMatch(text);
  });

  it('finds nodes that should be there and are not, and those that nobody named', async () => {
    const named = { controlPlanes: ['10.5.0.2', '10.5.0.3', '10.5.0.4'], workers: ['10.5.0.5'] };

    expect(await last(named)).toBe('all k8s nodes to report: unexpected nodes with IPs ["10.5.0.6"]');
  });

  it('leaves Kubernetes out when nothing answers for it, and says why', async () => {
    const reader = await openBench({ roles: ['os:reader'], kubernetesApi: true, baseAddress: '127.0.0.41' });
    try {
      const events = await collectEvents(reader.workspace.healthCheck('sim', wish, new AbortController().signal));
      const left = events.flatMap((event) =>
        event.type === 'step' && event.step.state === 'not-run' ? [event.step.text] : [],
      );

      expect(left).toHaveLength(6);
      expect(left[0]).toBe('Fetching a kubeconfig needs the role os:admin; this certificate has os:reader.');
      expect(events.at(-1)).toMatchObject({ state: 'healthy' });
    } finally {
      await reader.close();
    }
  });

  it('asks before it signs in where no file of the user leads, and takes no for an answer', async () => {
    const questions: ConfirmQuestion[] = [];
    const { workspace, close } = await openWorkspace(bench.simulator.talosconfig, undefined, (question) => {
      questions.push(question);
      return Promise.resolve({ isConfirmed: false, typed: '' });
    });
    try {
      const steps = await waiting({ kubernetesEndpoint: 'evil.example' }, workspace);

      expect(questions.map(({ title, names }) => [title, names?.items])).toEqual([
        ['Connect to the API of Kubernetes?', ['https://evil.example:6443']],
      ]);
      expect(steps.filter(({ state }) => state === 'not-run').map(({ text }) => text)).toEqual(
        Array(6).fill('You did not let Minos connect to https://evil.example:6443.'),
      );
      expect(kubernetes().asked).toEqual([]);
    } finally {
      await close();
    }
  });
});

it.each([
  ['', undefined],
  ['k8s.example', { host: 'k8s.example', port: 6443 }],
  ['https://k8s.example', { host: 'k8s.example', port: 6443 }],
  ['https://10.0.0.1:443', { host: '10.0.0.1', port: 443 }],
  ['[fd00::1]', { host: 'fd00::1', port: 6443 }],
])('a Kubernetes endpoint "%s" is read as talosctl reads it', (text, server) => {
  expect(kubernetesServer(text)).toEqual(server);
});

it.each(['user@k8s', 'k8s/path', 'http://k8s', '0x7f.1'])('a Kubernetes endpoint "%s" is refused', (text) => {
  expect(() => kubernetesServer(text)).toThrow('The Kubernetes endpoint ');
});
