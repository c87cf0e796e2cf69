import { describe, expect, it } from 'vitest';
import { formatTime } from '../../../../preload/contract/format/moments.ts';
import { AttentionMemory, findings } from '../../../../main/operations/health/attention-list.ts';
import type { Situation } from '../../../../main/operations/health/rules/situation.ts';
import { COMMANDS } from '../../../../main/operations/commands/index.ts';
import { checkParams } from '../../../../main/operations/commands/kit/params.ts';
import { DEEDS } from '../../../../main/operations/deeds/deed-list.ts';
import type { AttentionItem, EtcdMemberView } from '../../../../preload/contract/index.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import {
  NOW,
  DAY_MS,
  node,
  member,
  sized,
  etcd,
  leaderless,
  endpoint,
  down,
  pool,
  calm,
  nodes,
  clocks,
  certificateEnding,
  shown,
  HOUR_MS,
  kept,
  authority,
  daily,
  keeps,
  service,
} from './situations.ts';

const homeless = { ...member('cp-9'), id: '8e9e05c521646942', node: undefined } as unknown as EtcdMemberView;

/** What the button of an item says and does. */
function actionText({ action }: Pick<AttentionItem, 'action'>): string {
  if (action === undefined) return '';
  if (action.kind === 'open') return `${action.label} ${action.what}`;
  if (action.kind === 'talosctl') return `${action.label} ${action.line}`;
  const params = action.params === undefined ? [] : [JSON.stringify(action.params)];
  return [action.label, action.kind === 'deed' ? action.deed : action.command, action.nodes.join(','), ...params].join(
    ' ',
  );
}

describe('the attention list', () => {
  it('is empty for a cluster where nothing is wrong', () => {
    expect(findings(calm())).toEqual([]);
  });

  const TABLE: readonly (readonly [about: string, situation: Partial<Situation>, expected: readonly string[]])[] = [
    [
      'a node that is not reached',
      nodes({ state: 'not-reached', notReachedSinceMs: NOW - 7_000, failure: failureOf('unreachable', 'No route.') }),
      ['critical w-1 is not reached'],
    ],
    [
      'one of which nobody knows any more',
      nodes({ state: 'unknown', notReachedSinceMs: NOW - 7_000, isStale: true }),
      [],
    ],
    [
      'a node that is not ready',
      nodes({ isReady: false, unmetConditions: [{ name: 'nodeReady', reason: 'waiting' }] }),
      ['warning w-1 is not ready'],
    ],
    ['a node in another stage', nodes({ stage: 'booting', isReady: false }), ['warning w-1 is booting']],
    [
      'a service that is what is not met',
      {
        nodes: [
          node('w-1', {
            isReady: false,
            unmetConditions: [{ name: 'services', reason: 'cri not healthy' }],
            services: [{ id: 'cri', state: 'unhealthy', message: '', sinceMs: 1 }],
          }),
        ],
      },
      ['critical cri on w-1 is unhealthy'],
    ],
    [
      'a service that failed',
      { ...service('ext-qemu', 'failed', 'exit code 1'), etcd: etcd() },
      ['warning ext-qemu on w-1 has failed', 'warning w-1 is not ready'],
    ],
    [
      'a diagnostic',
      nodes({ diagnostics: [{ id: 'd', message: 'addresses overlap', details: [], sinceMs: 3 }] }),
      ['warning w-1: addresses overlap'],
    ],
    [
      'a volume that is nearly full',
      nodes({ disk: { mountedOn: '/var', usedBytes: 86e9, totalBytes: 100e9, fraction: 0.86, atMs: NOW } }),
      ['warning /var on w-1 is 86 % full'],
    ],
    [
      'a volume that is full',
      nodes({ disk: { mountedOn: '/var', usedBytes: 97e9, totalBytes: 100e9, fraction: 0.97, atMs: NOW } }),
      ['critical /var on w-1 is 97 % full'],
    ],
    [
      'a volume with room',
      nodes({ disk: { mountedOn: '/var', usedBytes: 84e9, totalBytes: 100e9, fraction: 0.84, atMs: NOW } }),
      [],
    ],
    [
      'memory that is nearly used up',
      nodes({ memory: { fraction: 0.93, atMs: NOW } }),
      ['warning w-1 uses 93 % of its memory'],
    ],
    [
      'a node that is cordoned',
      nodes({ kubernetes: { name: 'w-1', isReady: true, isSchedulable: false, atMs: NOW } }),
      ['notice Kubernetes puts nothing new on w-1'],
    ],
    [
      'a node not ready in Kubernetes',
      nodes({ kubernetes: { name: 'w-1', isReady: false, isSchedulable: true, atMs: NOW } }),
      ['critical Kubernetes calls w-1 not ready'],
    ],
    ['an upgrade that is staged', nodes({ stagedUpgrade: 'installer:v2' }), ['notice w-1 upgrades at its next boot']],
    ['versions of Talos that differ', nodes({ version: 'v1.13.0' }), []],
    [
      'two versions',
      {
        nodes: [node('cp-1', { version: 'v1.13.9' }), node('w-1', { version: 'v1.12.0' })],
        etcd: etcd({ members: [] }),
      },
      ['notice Nodes run 2 versions of Talos'],
    ],
    [
      'versions too far apart',
      {
        nodes: [node('cp-1', { version: 'v1.13.9' }), node('w-1', { version: 'v1.11.0' })],
        etcd: etcd({ members: [] }),
      },
      ['warning Nodes run 2 versions of Talos'],
    ],
    [
      'an alarm',
      { etcd: etcd({ members: [member('cp-1', { alarms: ['NOSPACE'] })] }) },
      ['critical etcd on cp-1 has raised NOSPACE'],
    ],
    ['no leader', { etcd: leaderless() }, ['critical etcd has no leader']],
    [
      'a learner',
      { etcd: etcd({ members: [member('cp-1'), member('cp-2', { isLearner: true })] }) },
      ['notice etcd on cp-2 is a learner'],
    ],
    [
      'a database near its limit',
      { etcd: etcd({ members: [sized('cp-1', 1_600, 1_500)] }) },
      ['warning The database of etcd on cp-1 is near its limit'],
    ],
    [
      'a database at its limit',
      { etcd: etcd({ members: [sized('cp-1', 1_900, 1_500)] }) },
      ['critical The database of etcd on cp-1 is near its limit'],
    ],
    [
      'a database that is mostly empty',
      { etcd: etcd({ members: [sized('cp-1', 600, 100)] }) },
      ['notice The database of etcd on cp-1 is mostly empty'],
    ],
    [
      'no margin',
      { etcd: etcd({ quorum: { voters: 3, needed: 2, alive: 2, mayLose: 0 } }) },
      ['critical etcd may lose no further member'],
    ],
    [
      'no quorum',
      { etcd: etcd({ quorum: { voters: 3, needed: 2, alive: 1, mayLose: -1 } }) },
      ['critical etcd has no quorum'],
    ],
    [
      'two members',
      { etcd: etcd({ quorum: { voters: 2, needed: 2, alive: 2, mayLose: 0 } }) },
      ['warning etcd stops when either of its members fails'],
    ],
    ['one member by design', { etcd: etcd({ quorum: { voters: 1, needed: 1, alive: 1, mayLose: 0 } }) }, []],
    [
      'a member that does not answer',
      {
        etcd: etcd({
          members: [{ ...member('cp-1'), report: undefined } as unknown as EtcdMemberView, member('cp-2')],
        }),
      },
      ['critical etcd on cp-1 does not answer'],
    ],
    [
      'a member without a machine',
      { etcd: etcd({ members: [homeless] }) },
      ['warning etcd has a member without a machine: cp-9'],
    ],
    ['a control plane without a member', { etcd: etcd({ missing: ['cp-2'] }) }, ['warning cp-2 is no member of etcd']],
    [
      'an endpoint that does not answer',
      { pool: pool(endpoint('cp-1'), down('cp-2')) },
      ['warning The endpoint cp-2 does not answer'],
    ],
    ['no endpoint at all', { pool: pool(down('cp-1'), down('cp-2')) }, ['critical No endpoint answers']],
    ['an endpoint that was switched off', { pool: pool(endpoint('cp-1'), { ...down('cp-2'), phase: 'disabled' }) }, []],
    ['a clock that is apart', clocks(0, 0, 180_000), ["warning The clock of cp-3 is 3 min ahead of this computer's"]],
    ['a clock that is a little off', clocks(0, 0, 20_000), []],
    [
      'a clock of this computer that is wrong',
      clocks(180_000, 181_000, 180_500),
      ["warning This computer's clock is 3 min behind the cluster's"],
    ],
    ['a client certificate of 20 days', certificateEnding(20.5), ['notice Your certificate ends in 20 days']],
    ['a client certificate of 5 days', certificateEnding(5.5), ['warning Your certificate ends in 5 days']],
    ['a client certificate of hours', certificateEnding(0.5), ['critical Your certificate ends in 0 days']],
    ['a client certificate that has ended', certificateEnding(-1), ['critical Your certificate has ended']],
    [
      'a certificate of an endpoint that is not renewed',
      shown(60_000, 1_200_000),
      ['warning The certificate of cp-1 is about to end'],
    ],
    ['a certificate of a machine of 100 days', keeps(kept(100 * DAY_MS)), []],
    [
      'a certificate of a machine of 20 days',
      keeps(kept(20.5 * DAY_MS)),
      ['notice The certificate of cp-1 for etcd (etcd) ends in 20 days'],
    ],
    [
      'a certificate of a machine of hours',
      keeps(kept(5.5 * HOUR_MS)),
      ['critical The certificate of cp-1 for etcd (etcd) ends in 5 hours'],
    ],
    [
      'a certificate of a machine that has ended since it was read',
      keeps(kept(-1)),
      ['critical The certificate of cp-1 for etcd (etcd) has ended'],
    ],
    ['a certificate that Talos makes anew each day, at its usual end', keeps(daily(5 * HOUR_MS)), []],
    [
      'such a one that had ended when it was read',
      keeps(daily(-HOUR_MS)),
      ['critical The certificate of cp-1 for Talos API (server) has ended'],
    ],
    ['such a one that had hours left when it was read', keeps({ ...daily(-HOUR_MS)!, atMs: NOW - 5 * HOUR_MS }), []],
    [
      'an authority that ends, once for all machines',
      authority(20.5 * DAY_MS),
      ['notice The authority O=talos ends in 20 days'],
    ],
    ['an authority that only is accepted still', authority(-1, 'acceptedCAs[0]'), []],
    [
      'a snapshot that Minos took 9 days ago',
      { etcd: etcd({ snapshot: { atMs: NOW - 9.5 * DAY_MS } }) },
      ['notice The last snapshot of etcd that Minos took is 9 days old'],
    ],
    ['a snapshot of 6 days', { etcd: etcd({ snapshot: { atMs: NOW - 6 * DAY_MS } }) }, []],
    ['no snapshot, which others may take', { etcd: etcd({ snapshot: {} }) }, []],
    ['one that was seen long ago on a connection that lives on', shown(20 * 3_600_000, 22 * 3_600_000), []],
  ];
  it.each(TABLE)('tells of %s', (_about, situation, expected) => {
    expect(findings(calm(situation)).map(({ severity, title }) => `${severity} ${title}`)).toEqual(expected);
  });

  it('says of what was judged from old data that it may be over', () => {
    const [item] = findings(
      calm({
        etcd: etcd({ status: 'stale', atMs: NOW - 60_000, quorum: { voters: 3, needed: 2, alive: 1, mayLose: -1 } }),
      }),
    );
    expect(item).toMatchObject({
      stale: `etcd was not heard since ${formatTime(NOW - 60_000)}; it may be over.`,
      seenAtMs: NOW - 60_000,
    });
  });

  it('does not call old what members say of themselves now, though nobody lists them', () => {
    const lost = { ...leaderless(), status: 'stale', quorum: { voters: 3, needed: 2, alive: 1, mayLose: -1 } } as const;
    const items = findings(calm({ etcd: lost }));
    expect(items.map(({ title, stale }) => [title, stale])).toEqual([
      ['etcd has no leader', undefined],
      ['etcd has no quorum', undefined],
    ]);
    const alarmed = { ...etcd({ members: [member('cp-1', { alarms: ['NOSPACE'] })] }), status: 'stale' } as const;
    expect(findings(calm({ etcd: alarmed }))[0]?.stale).toMatch(/^etcd was not heard since/);
  });

  const apart = (version: string, other: string): Partial<Situation> => ({
    nodes: [node('cp-1', { version }), node('w-1', { version: other })],
    etcd: etcd({ members: [] }),
  });
  const ACTIONS: readonly (readonly [string, Partial<Situation>, string])[] = [
    [
      'a kubelet that failed',
      service('kubelet', 'failed'),
      'Restart it… service w-1 {"service":"kubelet","action":"restart"}',
    ],
    [
      'an extension that does not run',
      service('ext-iscsid', 'not-running'),
      'Start it… service w-1 {"service":"ext-iscsid","action":"start"}',
    ],
    ['a service that nobody may restart', service('cri', 'failed'), 'Read its log logs w-1 {"id":"cri"}'],
    ['an upgrade that is staged', nodes({ stagedUpgrade: 'installer:v2' }), 'Reboot it… reboot w-1'],
    [
      'a full database',
      { etcd: etcd({ members: [{ ...sized('cp-1', 1_900, 900), alarms: ['NOSPACE'] }] }) },
      'Defragment… etcd-defragment cp-1',
    ],
    [
      'one that has room again',
      { etcd: etcd({ members: [{ ...sized('cp-1', 900, 890), alarms: ['NOSPACE'] }] }) },
      'Disarm the alarms… etcd-disarm cp-1',
    ],
    [
      'data that differ',
      { etcd: etcd({ members: [member('cp-1', { alarms: ['CORRUPT'] })] }) },
      'See the members etcd-status cp-1,cp-2,cp-3',
    ],
    [
      'a database that is mostly empty',
      { etcd: etcd({ members: [sized('cp-2', 600, 100)] }) },
      'Defragment… etcd-defragment cp-2',
    ],
    [
      'a member without a machine',
      { etcd: etcd({ members: [homeless] }) },
      'Remove the member… etcd-remove-member cp-1 {"member":"8e9e05c521646942"}',
    ],
    ['two versions of Talos', apart('v1.9.9', 'v1.13.9'), 'Upgrade cp-1… upgrade cp-1 {"version":"v1.13.9"}'],
    [
      'a version and what came before it',
      apart('v1.14.0-beta.10', 'v1.14.0-beta.9'),
      'Upgrade w-1… upgrade w-1 {"version":"v1.14.0-beta.10"}',
    ],
    [
      'a release and what came before it',
      apart('v1.14.0', 'v1.14.0-beta.9'),
      'Upgrade w-1… upgrade w-1 {"version":"v1.14.0"}',
    ],
    ['versions that are none', apart('v1.14.0', 'mine'), 'Open the nodes nodes'],
    [
      'two versions of Kubernetes',
      {
        nodes: [node('cp-1', { kubeletVersion: 'v1.35.2' }), node('w-1', { kubeletVersion: 'v1.34.2' })],
        etcd: etcd({ members: [] }),
      },
      'Upgrade Kubernetes talosctl -n cp-1 upgrade-k8s --to 1.35.2',
    ],
  ];
  it.each(ACTIONS)('offers what mends %s', (_about, situation, expected) => {
    const [item] = findings(calm(situation));
    expect(item && actionText(item)).toBe(expected);
  });

  it('offers only deeds and commands that there are, with parameters that they take', () => {
    const offered = [...TABLE, ...ACTIONS].flatMap(([, situation]) =>
      findings(calm(situation)).flatMap(({ action }) => action ?? []),
    );
    for (const action of offered) {
      if (action.kind === 'deed')
        expect(
          checkParams(
            DEEDS.find(({ id }) => id === action.deed)!,
            action.params ?? {},
          ),
        ).toBeDefined();
      if (action.kind === 'run') expect(COMMANDS.map(({ id }) => id)).toContain(action.command);
    }
    expect(offered.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['deed', 'run', 'open', 'talosctl']));
  });

  it('knows since when certificates end: the end of those that have, the first warning of those that will', () => {
    const sinceMs = (situation: Partial<Situation>): number | undefined => findings(calm(situation))[0]?.sinceMs;
    expect(sinceMs(certificateEnding(-1))).toBe(NOW - DAY_MS);
    expect(sinceMs(certificateEnding(20))).toBe(NOW - 10 * DAY_MS);
    expect(sinceMs(keeps(kept(-5_000)))).toBe(NOW - 5_000);
    expect(sinceMs(keeps(kept(20 * DAY_MS)))).toBe(NOW - 10 * DAY_MS);
    expect(sinceMs(shown(0, 1_200_000))).toBe(NOW - 2_400_000);
  });

  it('has the worst first, then the oldest, and remembers since when', () => {
    const memory = new AttentionMemory();
    const first = memory.items(findings(calm(clocks(0, 0, 180_000))), NOW);
    expect(first.map(({ sinceMs }) => sinceMs)).toEqual([NOW]);
    const both = { ...clocks(0, 0, 180_000), etcd: etcd({ members: [member('cp-1', { alarms: ['CORRUPT'] })] }) };
    const later = memory.items(findings(calm(both)), NOW + 5_000);
    expect(later.map(({ kind, sinceMs }) => [kind, sinceMs - NOW])).toEqual([
      ['etcd-alarm', 5_000],
      ['clock', 0],
    ]);
    memory.items([], NOW + 20_000);
    expect(memory.items(findings(calm(clocks(0, 0, 180_000))), NOW + 30_000)[0]?.sinceMs).toBe(NOW + 30_000);
  });
});
