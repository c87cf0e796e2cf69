import { describe, expect, it } from 'vitest';
import type { DrainForecast } from '../../../../../main/kubernetes/drain/forecast.ts';
import { readBudget, readDrainedPod } from '../../../../../main/kubernetes/drain/objects.ts';
import { forbiddenNow, podsToGo } from '../../../../../main/kubernetes/drain/which-pods.ts';
import { drainFacts } from '../../../../../main/operations/deeds/drain/drain-facts.ts';
import type { Drains } from '../../../../../main/operations/deeds/drain/drains.ts';
import { machineOf } from '../../../../../main/operations/plans/machine.ts';
import { planDrains } from '../../../../../main/operations/deeds/power/draining.ts';

const forecast = (over: Partial<DrainForecast> = {}): DrainForecast => ({
  ...{ node: 'worker-01', isCordoned: false, evicted: [], staying: 0, unmanaged: [], emptyDir: [], forbidden: [] },
  ...over,
});
const MINUTES_5 = 300_000;

describe('what draining a machine means', () => {
  it.each<[string, Partial<DrainForecast>, Partial<ReturnType<typeof drainFacts>>]>([
    [
      'nothing leaves',
      {},
      {
        effects: ['No pod has to leave worker-01.', 'Kubernetes puts nothing new on worker-01 until it is back.'],
        losses: [],
      },
    ],
    [
      'many pods leave, and some stay',
      { evicted: ['a/1', 'a/2', 'a/3', 'a/4', 'a/5', 'a/6', 'a/7', 'a/8'], staying: 3 },
      {
        effects: [
          '8 pods leave worker-01: a/1, a/2, a/3, a/4, a/5, a/6 and 2 more.',
          'It keeps 3 of DaemonSets and static pods.',
          'Kubernetes puts nothing new on worker-01 until it is back.',
        ],
      },
    ],
    [
      'it is called otherwise in Kubernetes, and cordoned',
      { node: 'w1.example', evicted: ['a/1'], staying: 2, isCordoned: true },
      {
        effects: [
          '1 pod leaves worker-01: a/1.',
          'It is w1.example in Kubernetes, and keeps 2 of DaemonSets and static pods.',
          'worker-01 is cordoned already, by somebody else; it stays so afterwards.',
        ],
      },
    ],
    [
      'something is lost',
      { unmanaged: ['a/1'], emptyDir: ['a/1', 'b/2'] },
      {
        losses: [
          'Nothing makes these pods of worker-01 anew: a/1.',
          'Data in emptyDir volumes of worker-01 is lost: a/1, b/2.',
        ],
      },
    ],
    [
      'many pods are lost: each is named, since just those may go',
      { unmanaged: ['a/1', 'a/2', 'a/3', 'a/4', 'a/5', 'a/6', 'a/7', 'a/8'] },
      { losses: ['Nothing makes these pods of worker-01 anew: a/1, a/2, a/3, a/4, a/5, a/6, a/7, a/8.'] },
    ],
    [
      'budgets hold pods',
      {
        forbidden: [
          { pod: 'a/1', budgets: ['a/one'], why: 'The budget a/one wants 2 healthy pods and has 2.', isForGood: false },
          {
            pod: 'b/2',
            budgets: ['b/all'],
            why: 'The budget b/all wants all of its 3 pods healthy, so none may go.',
            isForGood: true,
          },
        ],
      },
      {
        warnings: [
          'a/1 may not leave worker-01 now. The budget a/one wants 2 healthy pods and has 2. It is asked again for 5 min.',
        ],
        refusals: [
          'b/2 cannot leave worker-01. The budget b/all wants all of its 3 pods healthy, so none may go. Change the budget first.',
        ],
      },
    ],
    [
      'budgets cannot be read',
      { budgetsUnread: 'The API of Kubernetes answered 403.' },
      { warnings: ['Which budgets hold pods of worker-01 could not be read: The API of Kubernetes answered 403.'] },
    ],
  ])('is said when %s', (_what, over, facts) => {
    expect(drainFacts('worker-01', forecast(over), MINUTES_5)).toMatchObject(facts);
  });
});

const worker = machineOf('10.5.0.5', [
  { target: '10.5.0.5', hostname: 'worker-01', addresses: ['10.5.0.5'], sources: ['discovered'] } as never,
]);

it.each<[string, Partial<DrainForecast>, boolean, readonly string[]]>([
  ['nothing where nothing is lost', { evicted: ['a/1'] }, false, []],
  ['the pods that were named, and no data', { unmanaged: ['a/1'] }, false, ['a/1']],
  ['data where some was found', { emptyDir: ['a/1'] }, true, []],
])('a plan agrees to the loss of %s', async (_what, over, emptyDir, unmanaged) => {
  const drains = { forecast: () => Promise.resolve(forecast(over)) } as unknown as Drains;

  const { choice, loses } = await planDrains([worker], drains, new AbortController().signal);
  expect(choice.consent).toEqual({ emptyDir, unmanaged: new Set(unmanaged) });
  expect(loses).toBe(emptyDir || unmanaged.length > 0);
});

const pod = (
  over: object = {},
  status: object = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
) => readDrainedPod({ metadata: { name: 'p', namespace: 'shop', uid: 'u', labels: { app: 'x' }, ...over }, status })!;
const budget = (status: object, spec: object = {}) =>
  readBudget({
    metadata: { name: 'b', namespace: 'shop' },
    spec: { selector: { matchLabels: { app: 'x' } }, ...spec },
    status,
  })!;
const none = { disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 2, expectedPods: 3 };
const controlled = (kind: string) => ({ ownerReferences: [{ kind, controller: true }] });

describe('which pods leave', () => {
  it.each<[string, ReturnType<typeof pod>, readonly ('leaving' | 'staying' | 'unmanaged' | 'emptyDir')[]]>([
    ['one of a ReplicaSet', pod(controlled('ReplicaSet')), ['leaving']],
    ['one of a DaemonSet', pod(controlled('DaemonSet')), ['staying']],
    ['one of a DaemonSet that failed', pod(controlled('DaemonSet'), { phase: 'Failed' }), ['leaving']],
    ['a static pod', pod({ annotations: { 'kubernetes.io/config.mirror': 'x' } }), ['staying']],
    ['one that nobody made', pod(), ['leaving', 'unmanaged']],
    [
      'one that an owner names that is no controller',
      pod({ ownerReferences: [{ kind: 'Job' }] }),
      ['leaving', 'unmanaged'],
    ],
    ['one that nobody made and that is over', pod({}, { phase: 'Succeeded' }), ['leaving']],
    [
      'one with an emptyDir',
      readDrainedPod({
        metadata: { name: 'p', namespace: 'shop', uid: 'u', ...controlled('Job') },
        spec: { volumes: [{ configMap: {} }, { emptyDir: {} }] },
      })!,
      ['leaving', 'emptyDir'],
    ],
  ])('%s', (_what, one, expected) => {
    const found = podsToGo([one]);
    const lists = (['leaving', 'staying', 'unmanaged', 'emptyDir'] as const).filter((list) => found[list].length > 0);
    expect(lists).toEqual(expected);
  });

  it('names that are none in Kubernetes are of nothing', () => {
    const named = (name: string) => readDrainedPod({ metadata: { name, namespace: 'shop', uid: 'u' } });
    expect([named('../nodes/x'), named('a b'), named('A'), named('')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a budget', () => {
  it.each<[string, ReturnType<typeof pod>, readonly ReturnType<typeof budget>[], string | undefined]>([
    ['that allows one more', pod(), [budget({ ...none, disruptionsAllowed: 1 })], undefined],
    ['that allows none', pod(), [budget(none)], 'The budget shop/b wants 2 healthy pods and has 2.'],
    ['of another namespace', pod({ namespace: 'other' }), [budget(none)], undefined],
    ['of other pods', pod({ labels: { app: 'y' } }), [budget(none)], undefined],
    ['without a selector', pod(), [budget(none, { selector: undefined })], undefined],
    ['that selects all', pod(), [budget(none, { selector: {} })], 'The budget shop/b wants 2 healthy pods and has 2.'],
    [
      'with an expression that selects',
      pod(),
      [budget(none, { selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['x', 'z'] }] } })],
      'The budget shop/b wants 2 healthy pods and has 2.',
    ],
    [
      'with an expression that does not',
      pod(),
      [budget(none, { selector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['x'] }] } })],
      undefined,
    ],
    ['of a pod that has not started', pod({}, { phase: 'Pending' }), [budget(none)], undefined],
    ['of a pod that is going already', pod({ deletionTimestamp: 'now' }), [budget(none)], undefined],
    ['of a pod that is not ready, while enough are', pod({}, { phase: 'Running' }), [budget(none)], undefined],
    [
      'of a pod that is not ready, while too few are',
      pod({}, { phase: 'Running' }),
      [budget({ ...none, currentHealthy: 1 })],
      'The budget shop/b wants 2 healthy pods and has 1.',
    ],
    [
      'that lets what is not ready always go',
      pod({}, { phase: 'Running' }),
      [budget({ ...none, currentHealthy: 1 }, { unhealthyPodEvictionPolicy: 'AlwaysAllow' })],
      undefined,
    ],
    [
      'that wants all',
      pod(),
      [budget({ ...none, desiredHealthy: 3, currentHealthy: 3 })],
      'The budget shop/b wants all of its 3 pods healthy, so none may go.',
    ],
    [
      'beside another one',
      pod(),
      [budget({ ...none, disruptionsAllowed: 5 }), budget({ ...none, disruptionsAllowed: 5 })],
      'shop/p has 2 budgets (shop/b, shop/b); Kubernetes evicts no such pod.',
    ],
  ])('%s', (_what, one, budgets, why) => {
    expect(forbiddenNow([one], budgets)[0]?.why).toBe(why);
  });
});
