import { expect, it } from 'vitest';
import type { EtcdMemberReport, EtcdView } from '../../../../../preload/contract/index.ts';
import { etcdOfReset } from '../../../../../main/operations/deeds/reset/etcd-of-reset.ts';
import { wantedReset } from '../../../../../main/operations/deeds/reset/wanted-reset.ts';

const report = { leader: 'a' } as EtcdMemberReport;

/** Members on n-a, n-b …; those in `silent` do not answer. */
function etcd(
  ids: string,
  silent = '',
  leader: string | undefined = 'a',
): Pick<EtcdView, 'members' | 'quorum' | 'leader'> {
  const members = [...ids].map((id) => ({
    ...{ id, hostname: id, node: `n-${id}`, peerUrls: [], clientUrls: [], isLearner: false, isLeader: id === leader },
    ...{ alarms: [], ...(!silent.includes(id) && { report }) },
  }));
  const [voters, alive, needed] = [ids.length, ids.length - silent.length, Math.floor(ids.length / 2) + 1];
  return { members, quorum: { voters, alive, needed, mayLose: alive - needed }, ...(leader && { leader }) };
}

const judged = (node: string, params: object, ...of: Parameters<typeof etcd>): string =>
  Object.values(etcdOfReset(node, wantedReset({ ...params }), etcd(...of))).join();

it.each<[string, string, object, Parameters<typeof etcd>, RegExp]>([
  ['leaves', 'n-b', {}, ['abc'], /^etcd now: 3 members.* Then: 2 members, 2 needed, may lose none/],
  [
    'cannot leave while it is silent',
    'n-c',
    {},
    ['abc', 'c'],
    /^Its member of etcd does not answer, so it cannot leave/,
  ],
  ['cannot leave while nobody leads', 'n-b', {}, ['abc', '', ''], /^No member of etcd is known to lead/],
  ['cannot leave without a quorum', 'n-a', {}, ['abc', 'bc'], /^etcd has no quorum/],
  [
    'stays in the list',
    'n-c',
    { graceful: false },
    ['abc', 'c'],
    /may lose none\. Then: 3 members, 2 needed, may lose none\. Remove/,
  ],
  [
    'is back',
    'n-b',
    { graceful: false, mode: 'user-disks', reboot: true },
    ['abc'],
    /^Its member of etcd does not answer until the machine runs again/,
  ],
  ['has no member', 'n-x', {}, ['abc'], /^No member of etcd runs on it\.$/],
])('a control plane that %s', (_what, node, params, of, words) => {
  expect(judged(node, params, ...of)).toMatch(words);
});
