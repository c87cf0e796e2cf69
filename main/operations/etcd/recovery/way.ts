import type { RecoveryWay } from '../../../../preload/contract/index.ts';
import { memberName } from '../member-id.ts';
import { COMING, isStarting, namesOf, sorted, type RecoverySituation } from './situation.ts';

type Member = NonNullable<RecoverySituation['members']>[number];

/** Which way out applies, and why. */
export interface RecoveryVerdict {
  readonly way: RecoveryWay;
  /** A sentence each. */
  readonly reasons: readonly string[];
  /** What is not known, a sentence each. */
  readonly unknown: readonly string[];
  /** Members that are lost; their machines answer no more, or without data. */
  readonly lost: readonly Member[];
  /** Control planes whose data is of a member that etcd does not list. */
  readonly outcast: readonly string[];
}

/**
 * Which way out of a broken etcd applies (docs/talos-behaviour.md §D9, E11). Pure. It never recommends what wipes data while a majority may
 * still have it, and says `unknown` where what is seen does not decide.
 */
export function recoveryWay(situation: RecoverySituation): RecoveryVerdict {
  const { members, leader } = situation;
  return members !== undefined && leader !== undefined
    ? whileLed(situation, members, leader)
    : withoutLeader(situation);
}

function whileLed(situation: RecoverySituation, members: readonly Member[], leader: string): RecoveryVerdict {
  const { silent, empty, withData, running } = sorted(situation);
  const isAnswering = (node: string | undefined): boolean =>
    situation.controlPlanes.some((one) => one.node === node && one.failure === undefined);
  const unheard = members.filter(({ report }) => report === undefined);
  // Talos lists a member before its etcd has started, and its folder is empty until then.
  const starting = unheard.filter(({ isLearner, node }) => isLearner && isAnswering(node));
  const lost = unheard.filter((one) => !starting.includes(one));
  const emptied = lost.filter(({ node }) => empty.some((one) => one.node === node));
  const listed = new Set(members.map(({ node }) => node));
  const outcast = withData.filter(({ node, member }) => member === undefined && !listed.has(node));
  const joining = empty.filter(({ node }) => !listed.has(node));
  const astray = members.filter(({ report }) => report !== undefined && report.leader !== leader);
  // Another etcd of the same name, as after a second bootstrap: which of them is right is not for a rule to say.
  const foreign = running.filter(({ member }) => members.every(({ id }) => id !== member));
  const reasons = [
    `etcd has a quorum: ${memberName(members.find(({ id }) => id === leader) ?? { hostname: '', id: leader })} leads.`,
    ...emptied.map(
      (one) => `${memberName(one)} is listed, and no data of etcd is on its machine: it was installed anew, or wiped.`,
    ),
    ...lost.filter((one) => !emptied.includes(one)).map((one) => lostWords(one, situation)),
    ...outcast.map(({ name }) => `${name} has data of a member that etcd does not list any more.`),
    ...starting.map(
      (one) =>
        `${memberName(one)} is a learner that has not started yet: wait for it, and look at the log of etcd on its machine if it lasts.`,
    ),
    ...joining.map(({ name }) => `${name} has no data and is not listed: it joins by itself.`),
    ...astray.map(
      (one) => `${memberName(one)} answers and follows another leader, or none: look at its log and at the network.`,
    ),
    ...foreign.map(
      ({ name }) =>
        `The etcd of ${name} answers and is none of the members that are listed: it may be a second etcd, with data that the other does not have. Copy its database, and find out which one Kubernetes uses.`,
    ),
  ];
  const unknown = silent
    .filter(({ node }) => !listed.has(node))
    .map(({ name }) => `${name} does not answer and is no member: whether it has data of another etcd is not known.`);
  const way =
    foreign.length > 0
      ? 'unknown'
      : emptied.length > 0 || outcast.length > 0
        ? 'list'
        : lost.length > 0
          ? 'member'
          : astray.length > 0
            ? 'unknown'
            : 'nothing';
  return { way, reasons, unknown, lost, outcast: outcast.map(({ node }) => node) };
}

function lostWords(member: Member, { controlPlanes }: RecoverySituation): string {
  const name = memberName(member);
  if (member.node === undefined) return `${name} is listed and runs on no machine that is known.`;
  const machine = controlPlanes.find(({ node, failure }) => node === member.node && failure === undefined);
  if (machine === undefined) return `${name} is listed and does not answer, nor does its machine.`;
  return `${name} is listed and does not answer; its machine does, and calls etcd ${machine.service ?? 'a service that it has not'}: look at its log before it is removed.`;
}

function withoutLeader(situation: RecoverySituation): RecoveryVerdict {
  const { all, silent, withData, running, majority } = sorted(situation);
  const nothing = { lost: [], outcast: [] };
  const silence = silent.map(
    ({ name }) =>
      `${name} does not answer, or does not say what is on its disk. If its etcd runs and only is not reached from here, a recovery makes a second cluster.`,
  );
  if (all.length === 0) {
    return { way: 'unknown', reasons: ['No control plane of this cluster is known.'], unknown: [], ...nothing };
  }
  if (silent.length === all.length) {
    return { way: 'unknown', reasons: ['No control plane answers.'], unknown: silence, ...nothing };
  }
  const led = running.filter(({ leader }) => leader !== undefined);
  if (led.length > 0) {
    const reasons = [
      `${namesOf(led)} ${led.length === 1 ? 'follows' : 'follow'} a leader, so etcd has a quorum; its members cannot be listed now.`,
    ];
    return { way: 'unknown', reasons, unknown: silence, ...nothing };
  }
  const voting = running.filter(({ isLearner }) => isLearner !== true);
  // As after a power cut: etcd answers nobody before it has a leader.
  const coming = withData.filter(({ member, service = '' }) => member === undefined && COMING.has(service));
  const enough = [...voting, ...coming];
  // One alone that has started and leads nobody has other members, though none is known here.
  const isAlone = enough.length === 1 && enough[0]?.service === 'Running';
  if (enough.length >= majority && !isAlone) {
    const reasons = [
      `etcd answers on ${namesOf(voting) || 'no control plane'}${coming.length === 0 ? '' : `, and is starting on ${namesOf(coming)}, or waits there for the others`}: more than half of the control planes that are known, and no member leads.`,
      'An election may be under way. If it lasts, look at its log there, at the network between them, their disks and their clocks: nothing has to be wiped.',
      ...(enough.length > 1
        ? [
            'Only if they are what is left of more members than are known here: copy their databases, then shut down all but one of them and look again.',
          ]
        : []),
    ];
    return { way: 'unknown', reasons, unknown: silence, ...nothing };
  }
  const starting = withData.filter(isStarting);
  if (starting.length > 0) {
    // As right after it was recovered there.
    const reasons = [
      `Data of etcd is on ${namesOf(starting)}, and etcd is starting there: wait until it runs and Talos has checked it, or it has failed. Look at its log if it lasts.`,
    ];
    return { way: 'unknown', reasons, unknown: silence, ...nothing };
  }
  if (withData.length > 0) {
    const reasons = [
      'etcd has no quorum: no member leads.',
      `Data of etcd is on ${namesOf(withData)}.`,
      ...(isAlone && majority === 1
        ? ['It has started and leads nobody: its etcd has members that are not known here.']
        : []),
      ...(withData.length >= majority && (withData.length > 1 || !isAlone)
        ? ['That is more than half: if etcd can be started there, nothing has to be wiped. Look at its log first.']
        : []),
      ...(silent.length > 0
        ? [
            `Best of all is to bring ${namesOf(silent)} back as ${silent.length === 1 ? 'it was' : 'they were'}: then nothing is lost.`,
          ]
        : []),
    ];
    return { way: 'survivor', reasons, unknown: silence, ...nothing };
  }
  return withoutData(situation, silence);
}

function withoutData(situation: RecoverySituation, silence: readonly string[]): RecoveryVerdict {
  const { silent, empty, majority } = sorted(situation);
  const nothing = { lost: [], outcast: [] };
  const found = `No data of etcd is on ${namesOf(empty)}.`;
  if (silent.length >= majority) {
    const why = `${namesOf(silent)} may still have a quorum, or the last data: bring them back, or make sure that they are gone.`;
    return { way: 'unknown', reasons: [found, why], unknown: silence, ...nothing };
  }
  const isGone = situation.snapshots.length === 0 && situation.hasGone === true;
  if (situation.snapshots.length > 0 || isGone) {
    const reasons = [
      found,
      isGone
        ? 'Snapshots of this cluster were known, and their files are gone or changed: it is no new cluster. Connect the disk that they are on, or choose a file.'
        : 'A snapshot is known on this computer.',
      ...(silent.length > 0 ? [`${namesOf(silent)} may have newer data: bring it back first if you can.`] : []),
    ];
    return { way: 'snapshot', reasons, unknown: silence, ...nothing };
  }
  if (silent.length > 0) {
    const why = `${namesOf(silent)} may have the last data. Without a snapshot that is what there is to recover from.`;
    return { way: 'unknown', reasons: [found, why], unknown: silence, ...nothing };
  }
  const why = 'It is a new cluster, or one that lost its etcd. No snapshot of it is known on this computer.';
  // Clusters that come and go by one name are common, so this alone makes no other way.
  const unknown =
    situation.isKnownBefore === true
      ? [
          'This context led to a cluster with another CA before, of which there are snapshots on this computer. Whether it is the same one is not known: if it is, choose the file of a snapshot, since without one etcd begins empty.',
        ]
      : [];
  return { way: 'new', reasons: [found, why], unknown, ...nothing };
}
