import { copyText } from '../../lib/copy-text.ts';
import type { EtcdMemberView } from '../../../preload/contract/index.ts';
import type { Session } from '../../state/context.ts';
import { thingParts } from '../../state/parts/things.ts';
import type { Feature } from '../feature.ts';
import EtcdScreen from './EtcdScreen.svelte';
import { memberName } from './etcd-words.ts';
import SnapshotHost from './SnapshotHost.svelte';
import { snapshotLook } from './snapshot-look.svelte.ts';
import MemberInspector from './MemberInspector.svelte';
import { recoveryFlow } from './recovery-flow.svelte.ts';
import ScheduleHost from './ScheduleHost.svelte';
import { snapshotSchedules } from './snapshot-schedule.svelte.ts';
import { takeSnapshot, whyNoSnapshot } from './take-snapshot.ts';

/** The member that a thing means, by its id behind the machine. */
const memberOf = ({ current }: Session, thing: string): EtcdMemberView | undefined =>
  current.etcd?.current?.members.find((member) => member.id === thingParts(thing)[1]);

/** The members of etcd, how many may be lost, and what can be done about it. */
export const etcd: Feature = {
  id: 'etcd',
  order: 23,
  screen: { title: 'etcd', icon: 'etcd', component: EtcdScreen, needsContext: true },
  inspectors: [
    {
      kind: 'etcd-member',
      word: 'etcd member',
      title: (session, id) => {
        const member = memberOf(session, id);
        return member ? memberName(member) : (thingParts(id)[1] ?? '');
      },
      component: MemberInspector,
    },
  ],
  hosts: [
    { place: 'frame', component: SnapshotHost },
    { place: 'frame', component: ScheduleHost },
  ],
  actions: [
    {
      id: 'etcd.look',
      title: 'Look at a snapshot of etcd…',
      words: 'backup open check restore database hash revision',
      run: (session) => void snapshotLook(session).choose(),
    },
    {
      id: 'etcd.snapshot',
      title: 'Take a snapshot of etcd…',
      words: 'backup save database',
      applies: ({ current }) => current.id !== undefined,
      whyNot: whyNoSnapshot,
      run: (session) => takeSnapshot(session),
    },
    {
      id: 'etcd.recover',
      title: 'Recover etcd…',
      words: 'bootstrap quorum lost disaster restore snapshot members wrong',
      applies: ({ current }) => current.id !== undefined,
      run: (session) => {
        const { id } = session.current;
        if (id === undefined) return;
        recoveryFlow(session).open(id);
        session.screen.show('etcd');
      },
    },
    {
      id: 'etcd.schedule',
      title: 'Schedule snapshots of etcd…',
      words: 'backup regular every hours keep',
      applies: ({ current }) => current.id !== undefined,
      run: (session) => {
        const { id } = session.current;
        if (id !== undefined) snapshotSchedules(session).open(id);
      },
    },
  ],
  offers: [
    {
      id: 'etcd.inspect',
      kind: 'etcd-member',
      isFirst: true,
      title: 'Show details',
      run: ({ view }, id) => view.inspect('etcd-member', id),
    },
    {
      id: 'etcd.node',
      kind: 'etcd-member',
      title: 'Show its machine',
      whyNot: (session, id) =>
        memberOf(session, id)?.node === undefined ? 'It is on none of the machines that are known.' : undefined,
      run: (session, id) => {
        const node = memberOf(session, id)?.node;
        if (node !== undefined) session.view.inspect('node', node);
      },
    },
    {
      id: 'etcd.copy',
      kind: 'etcd-member',
      title: 'Copy its id',
      run: (_session, id) => void copyText(thingParts(id)[1] ?? ''),
    },
  ],
};
