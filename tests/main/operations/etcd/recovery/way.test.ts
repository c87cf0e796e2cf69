import { describe, expect, it } from 'vitest';
import { recoveryWay } from '../../../../../main/operations/etcd/recovery/way.ts';
import type { RecoverySituation } from '../../../../../main/operations/etcd/recovery/situation.ts';
import type { ControlPlaneEtcd, EtcdMemberReport, KnownSnapshot } from '../../../../../preload/contract/index.ts';

type Kind = 'up' | 'member' | 'data' | 'empty' | 'silent';

const SNAPSHOT = { id: 's', revision: 1 } as KnownSnapshot;

/** `up`: runs and follows cp-1; `member`: answers without a leader; `data`: lies on the disk, etcd does not answer. */
const controlPlane = (kind: Kind, at: number): ControlPlaneEtcd => {
  const who = { node: `10.0.0.${at}`, name: `cp-${at}` };
  if (kind === 'silent') return { ...who, failure: `${who.name} is not reached.` };
  const known = { ...who, isControlPlane: true, data: kind === 'empty' ? ('empty' as const) : ('present' as const) };
  if (kind === 'empty') return { ...known, service: 'Preparing' };
  if (kind === 'data') return { ...known, service: 'Failed' };
  const led = kind === 'up' ? { leader: 'm1', isHealthy: true } : { isHealthy: false };
  return { ...known, service: 'Running', member: `m${at}`, ...led };
};

/** Control planes in order; `listed`: numbers of those that etcd lists, while it is led. */
function situation(
  kinds: readonly Kind[],
  listed?: readonly number[],
  snapshots: readonly KnownSnapshot[] = [],
): RecoverySituation {
  const controlPlanes = kinds.map((kind, at) => controlPlane(kind, at + 1));
  if (listed === undefined) return { controlPlanes, snapshots };
  const members = listed.map((at) => ({
    ...{ id: `m${at}`, hostname: `cp-${at}`, isLearner: false },
    ...(at <= kinds.length && { node: `10.0.0.${at}` }),
    ...(kinds[at - 1] === 'up' && { report: { leader: 'm1' } as EtcdMemberReport }),
  }));
  return { controlPlanes, snapshots, members, leader: 'm1' };
}

const times = (count: number, kind: Kind): readonly Kind[] => Array.from({ length: count }, () => kind);
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_each, at) => at + 1);
const majorityOf = (count: number): number => Math.floor(count / 2) + 1;

describe.each([1, 2, 3, 4, 5, 6, 7])('with %i control planes', (count) => {
  it('nothing is wrong while all are members that follow the leader', () => {
    expect(recoveryWay(situation(times(count, 'up'), numbers(count)))).toMatchObject({ way: 'nothing', unknown: [] });
  });

  it('members that do not answer are lost as long as the others have a quorum', () => {
    for (let lost = 1; lost <= count - majorityOf(count); lost++) {
      const { way, lost: members } = recoveryWay(
        situation([...times(count - lost, 'up'), ...times(lost, 'silent')], numbers(count)),
      );
      expect([way, members.length]).toEqual(['member', lost]);
    }
  });

  it('a minority with data, whatever it does, is what there is to recover from; a majority that answers is not wiped', () => {
    for (let left = 1; left <= count; left++) {
      for (const rest of ['silent', 'empty'] as const) {
        const { way } = recoveryWay(situation([...times(left, 'member'), ...times(count - left, rest)]));
        const mayLead = left > 1 && left >= majorityOf(count);
        expect([left, rest, way]).toEqual([left, rest, mayLead ? 'unknown' : 'survivor']);
        expect(recoveryWay(situation([...times(left, 'data'), ...times(count - left, rest)])).way).toBe('survivor');
      }
    }
  });

  it('without data anywhere it is a snapshot that counts, unless those that are silent may have a quorum', () => {
    expect(recoveryWay(situation(times(count, 'empty'))).way).toBe('new');
    expect(recoveryWay(situation(times(count, 'empty'), undefined, [SNAPSHOT])).way).toBe('snapshot');
    for (let silent = 1; silent < count; silent++) {
      const kinds = [...times(count - silent, 'empty'), ...times(silent, 'silent')];
      const mayHaveQuorum = silent >= majorityOf(count);
      expect(recoveryWay(situation(kinds)).way).toBe('unknown');
      expect(recoveryWay(situation(kinds, undefined, [SNAPSHOT])).way).toBe(mayHaveQuorum ? 'unknown' : 'snapshot');
    }
  });

  it('where nobody answers nothing is recommended, whatever snapshots there are', () => {
    expect(recoveryWay(situation(times(count, 'silent'), undefined, [SNAPSHOT]))).toMatchObject({
      way: 'unknown',
      reasons: ['No control plane answers.'],
    });
  });
});

describe('a list that does not fit the disks', () => {
  it('names the member whose machine was installed anew', () => {
    const { way, reasons } = recoveryWay(situation(['up', 'up', 'empty'], [1, 2, 3]));

    expect(way).toBe('list');
    expect(reasons).toContain(
      'cp-3 is listed, and no data of etcd is on its machine: it was installed anew, or wiped.',
    );
  });

  it('names the machine whose data is of a member that was removed', () => {
    expect(recoveryWay(situation(['up', 'up', 'data'], [1, 2]))).toMatchObject({ way: 'list', outcast: ['10.0.0.3'] });
  });

  it('is none while a machine without data joins by itself, or one is known to nobody', () => {
    expect(recoveryWay(situation(['up', 'up', 'empty'], [1, 2])).way).toBe('nothing');
    expect(recoveryWay(situation(['up', 'up'], [1, 2, 3]))).toMatchObject({ way: 'member', lost: [{ id: 'm3' }] });
  });
});

it('says what is not known: a silent machine may be the other half', () => {
  const { unknown, reasons } = recoveryWay(situation(['member', 'silent', 'silent']));

  expect(unknown).toHaveLength(2);
  expect(unknown[0]).toMatch(/^cp-2 does not answer.*makes a second cluster/);
  expect(reasons.at(-1)).toMatch(/^Best of all is to bring cp-2 and cp-3 back as they were/);
});

it('recommends nothing while an etcd answers that the list does not have: there may be two, and either may hold the last data', () => {
  // cp-1 was bootstrapped anew; cp-2 is what is left of the etcd of before.
  const { way, reasons } = recoveryWay(situation(['up', 'member', 'data'], [1]));

  expect(way).toBe('unknown');
  expect(reasons.join()).toMatch(
    /etcd of cp-2 answers and is none of the members that are listed: it may be a second etcd/,
  );
});

it('recommends no wiping while a machine follows a leader, though the members cannot be listed', () => {
  expect(recoveryWay(situation(['up', 'silent', 'silent']))).toMatchObject({ way: 'unknown' });
});

it('silent machines that may be workers do not make few of the members that answer', () => {
  const seen = situation([...times(3, 'member'), ...times(5, 'silent')]);
  const controlPlanes = seen.controlPlanes.map((one) =>
    one.failure === undefined ? one : { ...one, isMaybe: true as const },
  );

  expect(recoveryWay({ ...seen, controlPlanes }).way).toBe('unknown');
});

it('a cluster whose snapshots are on a disk that is not there is no new one', () => {
  const { way, reasons } = recoveryWay({ ...situation(times(3, 'empty')), hasGone: true });

  expect(way).toBe('snapshot');
  expect(reasons[1]).toMatch(/their files are gone or changed: it is no new cluster/);
});

it('a cluster that may be the one of before its context got another CA is told of its snapshots, and may be new', () => {
  const { way, unknown } = recoveryWay({ ...situation(times(3, 'empty')), isKnownBefore: true });

  expect([way, unknown]).toEqual([
    'new',
    [expect.stringMatching(/with another CA before, of which there are snapshots/)],
  ]);
});

it('says that a silent machine may have newer data than the snapshot', () => {
  const { reasons } = recoveryWay(situation(['empty', 'empty', 'silent'], undefined, [SNAPSHOT]));

  expect(reasons.at(-1)).toMatch(/^cp-3 may have newer data: bring it back first/);
});

it('a learner that has not started yet is waited for, not removed; one whose machine is silent is lost', () => {
  const seen = situation(['up', 'up', 'empty'], [1, 2, 3]);
  const members = seen.members?.map((one) => (one.id === 'm3' ? { ...one, hostname: '', isLearner: true } : one)) ?? [];

  const { way, lost, reasons } = recoveryWay({ ...seen, members });
  expect([way, lost]).toEqual(['nothing', []]);
  expect(reasons.at(-1)).toMatch(/^m3 is a learner that has not started yet: wait for it/);

  const { controlPlanes } = situation(['up', 'up', 'silent'], [1, 2, 3]);
  expect(recoveryWay({ ...seen, members, controlPlanes })).toMatchObject({ way: 'member', lost: [{ id: 'm3' }] });
});

it('a learner that answers does not make a majority: it has no vote', () => {
  const seen = situation(['member', 'member', 'silent']);
  const controlPlanes = seen.controlPlanes.map((one) => (one.name === 'cp-2' ? { ...one, isLearner: true } : one));

  expect(recoveryWay({ ...seen, controlPlanes }).way).toBe('survivor');
});

it('waits for an etcd that is starting where enough have their data, as after a power cut', () => {
  const seen = situation(['data', 'data', 'silent']);
  const starting = (service: string) => ({
    ...seen,
    controlPlanes: seen.controlPlanes.map((one) => (one.data === 'present' ? { ...one, service } : one)),
  });

  for (const service of ['Preparing', 'Running']) {
    const { way, reasons } = recoveryWay(starting(service));
    expect([service, way]).toEqual([service, 'unknown']);
    expect(reasons.join()).toMatch(/is starting on cp-1 and cp-2.*nothing has to be wiped/);
  }
  expect(recoveryWay(seen).way).toBe('survivor');
  expect(recoveryWay(seen).reasons.join()).toMatch(/That is more than half: if etcd can be started there/);
});

it('one alone that leads nobody is what is left of more members, though none of them is known any more', () => {
  const { way, reasons } = recoveryWay(situation(['member']));
  expect([way, reasons.at(-1)]).toEqual([
    'survivor',
    'It has started and leads nobody: its etcd has members that are not known here.',
  ]);
  // While it starts it may be the only one.
  const seen = situation(['data']);
  const controlPlanes = seen.controlPlanes.map((one) => ({ ...one, service: 'Preparing' }));
  expect(recoveryWay({ ...seen, controlPlanes }).way).toBe('unknown');
});

it.each<[string, Partial<ControlPlaneEtcd>]>([
  ['is starting there', { service: 'Preparing' }],
  ['runs there and was not checked yet', { service: 'Running' }],
  ['answers there and leads nobody yet', { service: 'Running', member: 'm1' }],
  ['was well there and starts anew', { service: 'Waiting', isHealthy: true }],
])('what was just recovered on one machine, and %s, is not wiped again', (_what, how) => {
  const seen = situation(['data', 'empty', 'empty']);
  const controlPlanes = seen.controlPlanes.map((one) => (one.data === 'present' ? { ...one, ...how } : one));

  const { way, reasons } = recoveryWay({ ...seen, controlPlanes });
  expect([way, reasons[0]]).toEqual(['unknown', expect.stringMatching(/etcd is starting there: wait until it runs/)]);
});

it('an etcd that Talos found ill and restarts again and again is not waited for', () => {
  const seen = situation(['data', 'empty', 'silent']);
  const ill = { service: 'Waiting', isHealthy: false };
  const controlPlanes = seen.controlPlanes.map((one) => (one.data === 'present' ? { ...one, ...ill } : one));

  expect(recoveryWay({ ...seen, controlPlanes }).way).toBe('survivor');
});
