import { checkVersion, VERSION_PARAM } from '../../commands/etcd/downgrade-validate.ts';
import { textParam } from '../../commands/kit/params.ts';
import type { CameOf, DeedDefinition, DeedTools, LookUp } from '../kit/definition.ts';
import { lookUpByReading } from '../kit/look-up-by-reading.ts';
import { planDeed, type MachineReading, type ReadCall } from '../kit/plan-deed.ts';
import { READ_WITHIN_MS, SETTLES_MS } from '../kit/read-within.ts';
import { ETCD_WITHIN_MS, lookAtEtcd, silentVoters } from './look.ts';

const ONE = { refused: 'It is asked of one machine and holds for all members: name one.' };

/** `talosctl etcd downgrade enable VERSION` (docs/talos-behaviour.md §D8): one minor version down, after etcd said that it may. */
export const etcdDowngrade: DeedDefinition = {
  id: 'etcd-downgrade',
  title: 'Allow an older version of etcd',
  about: 'Lets members be started with an etcd one minor version older; they are restarted one by one afterwards.',
  method: '/machine.MachineService/EtcdDowngradeEnable',
  params: [VERSION_PARAM],
  syntax: { names: ['etcd downgrade enable'], positionals: [VERSION_PARAM.id] },
  lookUp: lookUpByReading,
  check: checkVersion,
  plan: (params, tools) => {
    const version = textParam(params, VERSION_PARAM.id);
    return planDeed(
      etcdDowngrade,
      params,
      {
        deed: (where) => `Allow etcd ${version} through ${where}`,
        past: (where) => `Allowed etcd ${version} through ${where}`,
        risk: 'interrupts',
        isTyped: true,
        does: `etcd stores its data as version ${version} does. Then each member has to be started with etcd ${version}, one by one. Take a snapshot before.`,
        ...(tools.machines.length > 1 && ONE),
        read: (call) => judged(tools, version, call),
        work: {
          call: {
            method: '/machine.MachineService/EtcdDowngradeEnable',
            request: { version },
            deadlineMs: ETCD_WITHIN_MS,
          },
        },
      },
      tools,
    );
  },
};

/** `talosctl etcd downgrade cancel`: works until the version of the cluster has changed. */
export const etcdDowngradeCancel: DeedDefinition = {
  id: 'etcd-downgrade-cancel',
  title: 'Take back that an older version of etcd is allowed',
  about: 'Possible until every member runs the older version.',
  method: '/machine.MachineService/EtcdDowngradeCancel',
  params: [],
  syntax: { names: ['etcd downgrade cancel'] },
  lookUp: (tools) => takenBackLookUp(tools),
  plan: (params, tools) =>
    planDeed(
      etcdDowngradeCancel,
      params,
      {
        deed: (where) => `Take the older version of etcd back through ${where}`,
        past: (where) => `Took the older version of etcd back through ${where}`,
        risk: 'interrupts',
        does: 'Members stay on the version they have. Those that run the older one have to be started with the newer one again.',
        ...(tools.machines.length > 1 && ONE),
        read: async ({ signal }) => {
          const etcd = await lookAtEtcd(tools, signal);
          return { now: versions(etcd), trace: traceOfStorage(etcd) };
        },
        work: {
          call: { method: '/machine.MachineService/EtcdDowngradeCancel', request: {}, deadlineMs: ETCD_WITHIN_MS },
        },
      },
      tools,
    ),
};

type Etcd = Awaited<ReturnType<typeof lookAtEtcd>>;

/** `3.6` of each member that answers, each once. */
const minors = ({ members }: Etcd): readonly string[] => [
  ...new Set(members.flatMap(({ report }) => /^(\d+\.\d+)\./.exec(report?.version ?? '')?.[1] ?? [])),
];

const versions = (etcd: Etcd): string => `etcd ${minors(etcd).join(' and ') || 'of a version that is not told'}`;

/** `3.5` of each member that answers, each once: the version as which it stores its data. */
const storages = ({ members }: Etcd): readonly string[] => [
  ...new Set(members.flatMap(({ report }) => /^(\d+\.\d+)\./.exec(report?.storageVersion ?? '')?.[1] ?? [])),
];

/**
 * By what it is known after a restart that it was taken back: `3.5 of 3.6`, the versions as which members store their data, and those that
 * they run; with {@link NOT_ALL} where not every one answered.
 */
function traceOfStorage(etcd: Etcd): string {
  const [stored, run] = [storages(etcd), minors(etcd)].map((all) => [...all].sort(byVersion).join(' '));
  return `${stored ?? ''} of ${run ?? ''}${silentVoters(etcd).length > 0 ? NOT_ALL : ''}`;
}

const NOT_ALL = ', not all';
const minorOf = (version: string): number => Number(version.split('.')[1] ?? 0);
const byVersion = (a: string, b: string): number => minorOf(a) - minorOf(b);

/** Looks up whether it was taken back: by the versions alone as which members store their data. Which ones they run says nothing of it. */
const takenBackLookUp: LookUp = async ({ node, before, another, sinceMs, plan }) => {
  if (another !== undefined) return { kind: 'unknown', text: another };
  const { seen, preview } = await plan();
  const now = seen?.get(node);
  const why = preview.machines.find((machine) => machine.node === node)?.refused ?? preview.refused;
  if (now?.trace === undefined) return { kind: 'goes-on', text: why ?? 'It was not read.' };
  return takenBackCame(before.trace ?? '', now.trace, sinceMs);
};

/** What two traces say. Pure. */
export function takenBackCame(before: string, now: string, sinceMs: number): CameOf {
  const [was = [], run = []] = versionsIn(before);
  const [stored = []] = versionsIn(now);
  const newest = run.at(-1);
  const older = was.filter((version) => version !== newest);
  const text =
    stored.length === 0
      ? 'etcd does not tell as which version it stores its data.'
      : `etcd stores its data as version ${stored.join(' and ')}.`;
  if (older.length === 0)
    return { kind: 'unknown', text: `${text} It is not known to have been stored as an older one before, either.` };
  if (stored.some((version) => older.includes(version)))
    return sinceMs < SETTLES_MS
      ? { kind: 'goes-on', text: `${text} It may still be under way.` }
      : { kind: 'not-done', text: `${text} So it was before.` };
  if (stored.length === 0 || now.endsWith(NOT_ALL))
    return { kind: 'goes-on', text: `${text} Not every member answers.` };
  return { kind: 'done', text: `${text} Before it was ${older.join(' and ')}.` };
}

const versionsIn = (trace: string): readonly (readonly string[])[] =>
  trace
    .replace(NOT_ALL, '')
    .split(' of ')
    .map((all) => all.split(' ').filter((version) => version !== ''));

async function judged(tools: DeedTools, version: string, { caller, node, signal }: ReadCall): Promise<MachineReading> {
  const etcd = await lookAtEtcd(tools, signal);
  const now = versions(etcd);
  const [current, another] = minors(etcd);
  const stored = storages(etcd);
  const isDone = stored.length === 1 && stored[0] === version;
  if (isDone)
    return {
      now: `${now}, stored as ${version}`,
      isDone,
      refused: `etcd stores its data as version ${version} already.`,
    };
  const silent = silentVoters(etcd);
  if (silent.length > 0) return { now, refused: `${silent.join(', ')} does not answer: every member has to.` };
  if (current === undefined || another !== undefined) {
    return { now, refused: 'The members do not run the same version of etcd.' };
  }
  const [major = 0, minor = 0] = current.split('.').map(Number);
  if (version !== `${major}.${minor - 1}`) {
    return { now, refused: `etcd goes down one minor version at a time: from ${current} to ${major}.${minor - 1}.` };
  }
  const options = { node, deadlineMs: READ_WITHIN_MS, signal };
  // etcd itself says whether it may; what it refuses is the reason.
  await caller.unary('/machine.MachineService/EtcdDowngradeValidate', { version }, options);
  return { now, isDone };
}
