import { listOf } from '../../../../preload/contract/format/numbers.ts';
import type { NodeSummary } from '../../../../preload/contract/index.ts';
import { fileStem } from '../../../lib/file-stem.ts';
import { textParam } from '../../commands/kit/params.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import { lookAtControlPlanes, maybeControlPlanes } from '../../etcd/control-plane-look.ts';
import type { SnapshotRecord } from '../../etcd/known-snapshots.ts';
import { snapshotFileWords } from '../../etcd/snapshot-file-words.ts';
import type { DeedDefinition, DeedTools } from '../kit/definition.ts';
import { planDeed, type DeedShape, type MachineReading, type ReadCall } from '../kit/plan-deed.ts';
import { bootstrapActs, BOOTSTRAP_WITHIN_MS } from './bootstrap-acts.ts';
import { bootstrapLookUp } from './bootstrap-look-up.ts';
import { mayBootstrap } from './may-bootstrap.ts';

/** How much longer than its call an etcd that was bootstrapped may show nothing of it. */
const SETTLES_MS = BOOTSTRAP_WITHIN_MS + 60_000;

/**
 * `talosctl bootstrap` (docs/talos-behaviour.md, bootstrapping): of exactly one control plane, after all were asked, from nothing or from a
 * snapshot; then watched until etcd leads and Kubernetes answers.
 */
export const bootstrap: DeedDefinition = {
  id: 'bootstrap',
  title: 'Bootstrap etcd',
  about:
    'A new etcd begins on one control plane, once in the life of a cluster, or from a snapshot after etcd was lost.',
  method: '/machine.MachineService/Bootstrap',
  params: [{ id: 'snapshot', title: 'Snapshot', kind: 'text', required: false, isGiven: true }],
  syntax: {
    names: ['bootstrap'],
    flags: [
      // A file of a line is chosen in the system's dialog: no page names one.
      { long: 'recover-from', takesValue: true, param: 'snapshot' },
      {
        ...{ long: 'recover-skip-hash-check', takesValue: false },
        note: 'Minos skips that check only for a database that was copied, which has no SHA-256; it reads each file itself.',
      },
    ],
  },
  lookUp: bootstrapLookUp,
  plan: async (params, tools) => {
    const shape = await shapeOf(params, tools);
    const planned = await planDeed(bootstrap, params, shape, tools);
    const { preview, plan } = planned;
    // The journal and the sheet have talosctl's line with the name of the file, not with its id here.
    const talosctl = (line: string): string => shape.written(line);
    return {
      ...planned,
      preview: { ...preview, talosctl: talosctl(preview.talosctl) },
      ...(plan && { plan: { ...plan, head: { ...plan.head, talosctl: talosctl(plan.head.talosctl) } } }),
    };
  },
};

interface BootstrapShape extends DeedShape {
  /** talosctl's line, with the snapshot as talosctl names it. */
  readonly written: (line: string) => string;
}

async function shapeOf(params: CommandParams, tools: DeedTools): Promise<BootstrapShape> {
  const id = textParam(params, 'snapshot');
  const snapshot = id === '' ? undefined : tools.snapshots.find(id);
  const refused = await whyRefused(id, snapshot, tools);
  const from = snapshot === undefined ? '' : ' from a snapshot';
  return {
    deed: (where) => (id === '' ? `Bootstrap etcd on ${where}` : `Recover etcd${from} on ${where}`),
    past: (where) => (id === '' ? `Bootstrapped etcd on ${where}` : `Recovered etcd${from} on ${where}`),
    risk: snapshot === undefined ? 'interrupts' : 'destroys',
    ...(snapshot !== undefined && { isTyped: true as const }),
    does:
      snapshot === undefined
        ? 'A new and empty etcd begins there; the other control planes join it by themselves. It is done once in the life of a cluster.'
        : `A new etcd begins there with what the snapshot holds: ${snapshotFileWords(snapshot)}. All that was changed in Kubernetes after that is lost. The other control planes join by themselves.`,
    ...(refused !== undefined && { refused }),
    read: (call) => readMachine(tools, call, id !== ''),
    work: {
      acts: (machine) => bootstrapActs({ machine, tools, snapshot }),
      ...{ hold: tools.hold, whyWait: tools.whyWait },
    },
    settlesMs: SETTLES_MS,
    written: (line) => (id === '' ? line : line.replace(` ${id}`, ` ${writtenName(snapshot)}`)),
  };
}

/** What talosctl's line has for the file; a copied database has no SHA-256 to be compared. */
function writtenName(snapshot: SnapshotRecord | undefined): string {
  if (snapshot === undefined) return 'etcd.snapshot';
  const name = fileStem(
    snapshot.path.slice(Math.max(snapshot.path.lastIndexOf('/'), snapshot.path.lastIndexOf('\\')) + 1),
    'etcd.snapshot',
  );
  return snapshot.hasHash ? name : `${name} --recover-skip-hash-check`;
}

async function whyRefused(
  id: string,
  snapshot: SnapshotRecord | undefined,
  { machines, snapshots, place: { cluster } }: DeedTools,
): Promise<string | undefined> {
  if (machines.length > 1) return 'Exactly one control plane is bootstrapped: name one machine.';
  if (id === '') return undefined;
  if (snapshot === undefined) return 'Choose the snapshot on the etcd page, under Recover: no page names a file.';
  if (snapshot.cluster !== cluster) return 'The snapshot was chosen for another cluster.';
  if (!(await snapshots.isThere(snapshot)))
    return 'The file of the snapshot is gone, or was changed since it was checked. Choose it again.';
  return undefined;
}

async function readMachine(
  { nodes, machines: [machine], snapshots, place: { cluster } }: DeedTools,
  { caller, node, signal }: ReadCall,
  isRecovery: boolean,
): Promise<MachineReading> {
  const asked = maybeControlPlanes(nodes());
  const own: NodeSummary = { target: node, hostname: machine.name, addresses: [], role: 'unknown', sources: [] };
  const all = await lookAtControlPlanes(
    caller,
    asked.some(({ target }) => target === node) ? asked : [own, ...asked],
    signal,
  );
  const { now, refused, unknown } = mayBootstrap(node, all, isRecovery);
  // Also those whose files are gone.
  const wasInUse = !isRecovery && snapshots.of(cluster).length > 0;
  const names = all.filter(({ isControlPlane }) => isControlPlane !== false).map(({ name }) => name);
  return {
    now,
    ...(refused !== undefined && { refused }),
    ...((unknown.length > 0 || wasInUse) && { isTyped: true as const }),
    effects: [
      ...(wasInUse
        ? [
            'snapshots of this cluster are known here, so it is no new one: its etcd begins empty all the same. Recover on the etcd page goes on from a snapshot.',
          ]
        : []),
      `${listOf(names, Infinity)} ${names.length === 1 ? 'was' : 'were'} asked; a control plane that is not among them is not known to Minos.`,
      ...(unknown.length > 0
        ? [
            `nothing is known of the etcd of ${unknown.join(', ')}. If one runs there, this makes a second cluster: be sure that it does not, and never will.`,
          ]
        : []),
    ],
  };
}
