import type { EtcdMemberView, EtcdView } from '../../../preload/contract/index.ts';
import type { TableColumn } from '../../components/table/table-model.ts';
import { formatBytes, formatNumber } from '../../lib/format.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';
import { complaints, lagOf, memberName, memberWords, shareInUse } from './etcd-words.ts';

type Column = TableColumn<EtcdMemberView>;

const number = (title: string, id: string, of: (member: EtcdMemberView) => number | undefined): Column => ({
  ...{ id, title, align: 'end' },
  text: (member) => {
    const value = of(member);
    return value === undefined ? '' : formatNumber(value);
  },
  sortBy: of,
});

/** The columns of the members: who it is, how it is, how large, how far. */
export function memberColumns(view: EtcdView, nameOf: (node: string) => string): readonly Column[] {
  return [
    { id: 'member', title: 'MEMBER', text: memberName, isFixed: true, extraPx: 24 },
    { id: 'is', title: 'IS', text: memberWords, widthPx: 248 },
    { id: 'node', title: 'MACHINE', text: ({ node }) => (node === undefined ? 'none known' : nameOf(node)) },
    {
      ...{ id: 'db', title: 'DATABASE', align: 'end' },
      text: ({ report }) => (report === undefined ? '' : formatBytes(report.dbBytes)),
      sortBy: ({ report }) => report?.dbBytes,
    },
    {
      ...{ id: 'used', title: 'IN USE', align: 'end' },
      text: shareInUse,
      sortBy: ({ report }) => (report === undefined ? undefined : report.dbInUseBytes / Math.max(1, report.dbBytes)),
    },
    number('BEHIND', 'lag', (member) => lagOf(member, view)),
    number('TERM', 'term', ({ report }) => report?.raftTerm),
    number('INDEX', 'index', ({ report }) => report?.raftIndex),
    number('APPLIED', 'applied', ({ report }) => report?.raftAppliedIndex),
    { id: 'version', title: 'VERSION', text: ({ report }) => showUnseen(report?.version ?? '') },
    { id: 'storage', title: 'STORAGE', text: ({ report }) => showUnseen(report?.storageVersion ?? '') },
    { id: 'complains', title: 'ALARMS AND ERRORS', text: complaints, widthPx: 180 },
    { id: 'peers', title: 'PEER ADDRESSES', text: ({ peerUrls }) => peerUrls.map(showUnseen).join(', '), widthPx: 200 },
    {
      ...{ id: 'clients', title: 'CLIENT ADDRESSES', widthPx: 200 },
      text: ({ clientUrls }) => clientUrls.map(showUnseen).join(', '),
    },
    { id: 'id', title: 'ID', text: ({ id }) => id, isMono: true },
  ];
}
