import type { ControlPlaneEtcd, KnownSnapshot, RecoveryStep } from '../../../../preload/contract/index.ts';
import { memberName } from '../member-id.ts';
import { sorted, type RecoverySituation } from './situation.ts';
import type { RecoveryVerdict } from './way.ts';

/** A step before it is known which of them come later. */
type Draft = Omit<RecoveryStep, 'state' | 'talosctl'> & {
  readonly isDone: boolean;
  /** What comes after does not wait for it. */
  readonly isOptional?: true;
  /** How talosctl does it, without `talosctl -n`. */
  readonly words?: readonly string[];
  readonly on?: string;
};

/** What the steps of a way hang on. */
export interface StepsOf {
  readonly situation: RecoverySituation;
  readonly verdict: RecoveryVerdict;
  /** Since when the recovery lasts: copies of before say nothing. */
  readonly begunMs: number;
  /** The snapshot to go on with. */
  readonly chosen: KnownSnapshot | undefined;
  /** talosctl's line of words on a machine. */
  readonly line: (node: string, words: readonly string[]) => string;
}

/** What leads out, in its order; what was done is not among them once what is seen needs it no more. Pure. */
export function recoverySteps(parts: StepsOf): readonly RecoveryStep[] {
  const drafts = draftsOf(parts);
  let isLater = false;
  return drafts.map(({ isDone, isOptional, words, on, ...step }): RecoveryStep => {
    const state = isDone ? 'done' : isLater ? 'later' : 'now';
    if (!isDone && isOptional !== true) isLater = true;
    return { ...step, state, ...(words && on !== undefined && { talosctl: parts.line(on, words) }) };
  });
}

function draftsOf(parts: StepsOf): readonly Draft[] {
  const { way } = parts.verdict;
  switch (way) {
    case 'member':
    case 'list':
      return [
        saved(parts),
        ...removed(parts),
        ...copied(parts, parts.verdict.outcast),
        ...parts.verdict.outcast.map((node) => wiped(node, parts)),
        ...well(parts),
      ];
    case 'survivor':
      return [
        ...copied(
          parts,
          sorted(parts.situation).withData.map(({ node }) => node),
        ),
        ...sorted(parts.situation).withData.map(({ node }) => wiped(node, parts)),
        ...begun(parts),
      ];
    case 'snapshot':
    case 'new':
      return begun(parts);
    case 'nothing':
    case 'unknown':
      return [];
  }
}

const HOUR_MS = 3_600_000;

/** A healthy member saves what there is before anything is changed. */
function saved({ situation, begunMs }: StepsOf): Draft {
  const through = throughOf(situation);
  const isDone = situation.snapshots.some(
    ({ from, atMs }) => (from === 'taken' || from === 'schedule') && atMs >= begunMs - HOUR_MS,
  );
  return {
    ...{ id: 'snapshot', title: 'Take a snapshot of etcd', isDone, isOptional: true },
    why: 'So that there is a way back, whatever comes.',
    ...{ run: { command: 'etcd-snapshot', node: through }, words: ['etcd', 'snapshot', 'etcd.snapshot'], on: through },
  };
}

/** The machine of the member that leads. */
const throughOf = ({ members = [], leader }: RecoverySituation): string =>
  members.find(({ id }) => id === leader)?.node ?? members.find(({ report }) => report !== undefined)?.node ?? '';

const removed = ({ situation, verdict: { lost } }: StepsOf): readonly Draft[] =>
  lost.map((member): Draft => {
    const { id, node } = member;
    const on = throughOf(situation);
    const isEmptied = sorted(situation).empty.some((one) => one.node === node);
    return {
      ...{ id: `remove:${id}`, title: `Remove the member ${memberName(member)}`, isDone: false },
      why: isEmptied
        ? 'Its machine cannot join while the member of before is listed. It joins by itself afterwards.'
        : 'If its machine can come back with its disk, wait for that instead. Otherwise it only counts against the quorum.',
      deed: { deed: 'etcd-remove-member', nodes: [on], params: { member: id } },
      ...{ words: ['etcd', 'remove-member', id], on },
    };
  });

function copied({ situation, begunMs }: StepsOf, nodes: readonly string[]): readonly Draft[] {
  return nodes.map((node): Draft => ({
    ...{ id: `copy:${node}`, title: `Copy the database of ${nameOf(node, situation)}` },
    why: 'It is read and checked once it is here: nothing is wiped before.',
    isDone: situation.snapshots.some((one) => one.from === 'disk' && one.node === node && one.atMs >= begunMs),
    run: { command: 'etcd-database', node },
    ...{ words: ['copy', '/var/lib/etcd/member/snap/db', '.'], on: node },
  }));
}

const nameOf = (node: string, { controlPlanes }: RecoverySituation): string =>
  controlPlanes.find((one) => one.node === node)?.name ?? node;

/** `talosctl reset`, as it wipes the data of etcd and nothing of the config. */
const WIPE_WORDS = ['reset', '--graceful=false', '--reboot', '--system-labels-to-wipe', 'EPHEMERAL'] as const;

function wiped(node: string, { situation }: StepsOf): Draft {
  return {
    ...{ id: `wipe:${node}`, title: `Wipe the etcd data of ${nameOf(node, situation)}`, isDone: false },
    why: 'Its partition EPHEMERAL goes, with etcd, images and pods; its config stays. It starts anew and waits without data.',
    deed: { deed: 'etcd-wipe', nodes: [node], params: {} },
    ...{ words: WIPE_WORDS, on: node },
  };
}

function begun(parts: StepsOf): readonly Draft[] {
  const { situation, chosen, verdict } = parts;
  const target = targetOf(situation, chosen);
  const isNew = verdict.way === 'new';
  return [
    {
      ...{ id: 'choose', title: 'Choose the snapshot', isDone: chosen !== undefined, choosesSnapshot: true as const },
      why: isNew
        ? 'Only if this cluster was in use before: without one a new and empty etcd begins.'
        : 'The one with the highest revision has the most, unless etcd was begun anew or recovered from an older one since it was taken: then the newest.',
      ...(isNew && { isOptional: true as const }),
    },
    {
      id: `bootstrap:${target?.node ?? ''}`,
      title:
        chosen === undefined && isNew
          ? `Bootstrap etcd on ${target?.name ?? ''}`
          : `Recover etcd on ${target?.name ?? 'one control plane'}`,
      why: 'On exactly one control plane; the others join it by themselves.',
      isDone: false,
      ...(target !== undefined && { words: bootstrapWords(chosen, isNew), on: target.node }),
      // Without a snapshot an empty etcd would begin.
      ...(target !== undefined &&
        (chosen !== undefined || isNew) && {
          deed: {
            deed: 'bootstrap',
            nodes: [target.node],
            params: chosen === undefined ? {} : { snapshot: chosen.id },
          },
        }),
    },
    ...well(parts),
  ];
}

/** How talosctl recovers from a file; a copied database has no SHA-256. */
const bootstrapWords = (chosen: KnownSnapshot | undefined, isNew: boolean): readonly string[] =>
  chosen === undefined
    ? ['bootstrap', ...(isNew ? [] : ['--recover-from', 'etcd.snapshot'])]
    : ['bootstrap', '--recover-from', chosen.name, ...(chosen.hasHash ? [] : ['--recover-skip-hash-check'])];

/** The control plane whose database it is, if it waits; else the first that waits, or will. */
function targetOf(situation: RecoverySituation, chosen: KnownSnapshot | undefined): ControlPlaneEtcd | undefined {
  const { empty, withData } = sorted(situation);
  // What is copied first is recovered where it was.
  const candidates = chosen === undefined ? [...withData, ...empty] : [...empty, ...withData];
  return candidates.find(({ node }) => node === chosen?.node) ?? candidates[0];
}

function well({ situation }: StepsOf): readonly Draft[] {
  const on = throughOf(situation) || (sorted(situation).empty[0]?.node ?? sorted(situation).withData[0]?.node ?? '');
  return [
    {
      ...{ id: 'well', title: 'Wait until all control planes are members', isDone: false },
      why: 'A control plane without data joins as a learner and votes a moment later. Then a health check tells the rest.',
      ...{ words: ['health'], on },
    },
  ];
}
