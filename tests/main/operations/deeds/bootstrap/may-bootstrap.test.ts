import { describe, expect, it } from 'vitest';
import { mayBootstrap } from '../../../../../main/operations/deeds/etcd/may-bootstrap.ts';
import type { ControlPlaneEtcd } from '../../../../../preload/contract/index.ts';

const waits = (number: number, but: Partial<ControlPlaneEtcd> = {}): ControlPlaneEtcd => ({
  ...{ node: `10.0.0.${number}`, name: `cp-${number}` },
  ...{ isControlPlane: true, service: 'Preparing', data: 'empty', isTimeSynced: true },
  ...but,
});
/** What a machine does not tell. */
const without = (one: ControlPlaneEtcd, key: keyof ControlPlaneEtcd): ControlPlaneEtcd => {
  const { [key]: _left, ...told } = one;
  return told as ControlPlaneEtcd;
};
const silent = (number: number): ControlPlaneEtcd => ({
  ...{ node: `10.0.0.${number}`, name: `cp-${number}`, failure: `cp-${number} is not reached.` },
});
const judge = (all: readonly ControlPlaneEtcd[], isRecovery = false) => mayBootstrap('10.0.0.1', all, isRecovery);

describe('a control plane may be bootstrapped', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])('where all of %i wait without data', (count) => {
    const all = Array.from({ length: count }, (_each, at) => waits(at + 1));

    expect(judge(all)).toMatchObject({ unknown: [] });
    expect(judge(all).refused).toBeUndefined();
    expect(judge(all, true).refused).toBeUndefined();
  });

  it('with others named of which nobody knows, in the text that must still hold', () => {
    const verdict = judge([waits(1), silent(2), without(waits(3), 'data')]);

    expect(verdict).toEqual({
      now: 'etcd is Preparing, without data; 0 other control planes answer; nothing is known of cp-2, cp-3',
      unknown: ['cp-2', 'cp-3'],
    });
  });

  it('whatever workers say', () => {
    expect(judge([waits(1), { node: 'w', name: 'w', isControlPlane: false, data: 'empty' }])).toEqual({
      now: 'etcd is Preparing, without data; 0 other control planes answer',
      unknown: [],
    });
  });
});

it.each<[string, Partial<ControlPlaneEtcd>, RegExp]>([
  ['a worker', { isControlPlane: false }, /It is a worker/],
  ['one that runs', { member: 'a', leader: 'a', service: 'Running', data: 'present' }, /etcd runs on it already/],
  ['one with data', { data: 'present', service: 'Running' }, /data directory of etcd is not empty/],
  ['one whose time is wrong', { isTimeSynced: false }, /time is not in sync/],
  ['one that boots', { service: 'Waiting' }, /Its etcd is Waiting/],
  ['one that does not answer', { failure: 'It is not reached.' }, /It is not reached/],
])('%s may not be bootstrapped', (_what, but, why) => {
  expect(judge([waits(1, but), waits(2)]).refused).toMatch(why);
});

it('one without the service may not be bootstrapped', () => {
  expect(judge([without(waits(1), 'service')]).refused).toMatch(/etcd is not configured/);
});

it.each([
  [false, /this cluster was bootstrapped before/],
  [true, /Copy it, and reset EPHEMERAL there first/],
])('none may beside another one with data (recovery: %s)', (isRecovery, why) => {
  expect(judge([waits(1), waits(2, { data: 'present' })], isRecovery).refused).toMatch(why);
});

it('none may beside another one that runs, whatever it is recovered from', () => {
  const all = [waits(1), waits(2, { member: 'b', data: 'present' })];

  expect(judge(all, true).refused).toMatch(/etcd runs on cp-2 already. A second bootstrap would make a second cluster/);
});
