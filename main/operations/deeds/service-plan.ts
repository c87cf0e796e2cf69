import type { DeedPreview, PlannedMachine, ServiceAction } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { pause } from '../../lib/pause.ts';
import type { Caller } from '../clusters/caller.ts';
import { talosctlLine } from '../commands/kit/talosctl-line.ts';
import type { DeedPlace } from '../plans/deed-place.ts';
import type { Machine } from '../plans/machine.ts';
import type { Fact, OneCallDeed } from '../plans/plan.ts';
import { quoted } from '../quoted.ts';
import { eachBounded } from '../work/fan-out/each-bounded.ts';
import { isRunning, readService, serviceWords, type Service } from './service-state.ts';

/** Machines that are read at once. */
const MOST_AT_ONCE = 32;
/** Stopping a container takes up to half a minute before it is killed. */
const CALL_WITHIN_MS = 60_000;
/** How long is looked until the service is as it should be. */
const LOOK_FOR_MS = 30_000;
const LOOK_EVERY_MS = 1_000;

const METHODS = {
  start: '/machine.MachineService/ServiceStart',
  stop: '/machine.MachineService/ServiceStop',
  restart: '/machine.MachineService/ServiceRestart',
} as const;

const WORDS: Readonly<Record<ServiceAction, { readonly deed: string; readonly past: string; readonly now: string }>> = {
  start: { deed: 'Start', past: 'Started', now: 'starts' },
  stop: {
    deed: 'Stop',
    past: 'Stopped',
    now: 'stops, and stays stopped until somebody starts it or the machine starts anew',
  },
  restart: { deed: 'Restart', past: 'Restarted', now: 'stops and starts again; it is away for some seconds' },
};

/** A service that something is to be done to. */
export interface ServiceWish {
  readonly service: string;
  readonly action: ServiceAction;
}

/** What planning works with. */
export interface ServicePlanTools {
  readonly caller: () => Caller;
  readonly clock: Clock;
  readonly machines: readonly [Machine, ...Machine[]];
  /** Of the context. */
  readonly place: DeedPlace;
  readonly signal: AbortSignal;
}

/** A plan, unless something forbids it, with what it was made from. */
export interface ServicePlan {
  readonly plan?: OneCallDeed;
  readonly preview: Omit<DeedPreview, 'head'>;
}

/**
 * Plans to start, stop or restart a service, from how it is on each machine now. Throws Failed when the cluster cannot be dialled;
 * a machine that does not answer is refused.
 */
export async function planService(wish: ServiceWish, tools: ServicePlanTools): Promise<ServicePlan> {
  const { machines, clock, caller } = tools;
  const { deed, past } = WORDS[wish.action];
  const where = machines.length === 1 ? machines[0].name : `${machines.length} machines`;
  const what = (verb: string): string => `${verb} ${quoted(wish.service)} on ${where}`;
  const nodes = machines.map(({ node }) => node);
  const talosctl = talosctlLine(caller(), nodes, ['service', wish.service, wish.action]);
  const refused = whyNever(wish);
  const told = refused === undefined ? await readAll(wish, tools) : machines.map((machine) => ({ machine }));
  const planned = told.map(({ machine: { node, name }, ...rest }): PlannedMachine => ({ node, name, ...rest }));
  const preview = {
    deed: what(deed),
    machines: planned,
    talosctl,
    atMs: clock.now(),
    ...(refused !== undefined && { refused }),
  };
  if (refused !== undefined || planned.some((each) => each.refused !== undefined)) return { preview };
  const { cluster, ...place } = tools.place;
  const plan: OneCallDeed = {
    kind: 'deed',
    risk: 'interrupts',
    what: what(past),
    head: { ...place, deed: preview.deed, talosctl },
    cluster,
    effects: machines.map(({ name }) => `On ${name}, ${quoted(wish.service)} ${WORDS[wish.action].now}.`),
    machines,
    facts: machines.map((machine, at) => stillSo(wish, machine, planned[at]?.now ?? '', tools)),
    question: {
      title: `${preview.deed}?`,
      facts: [
        `Cluster: ${place.context}, of ${place.file}.`,
        `On each machine, ${quoted(wish.service)} ${WORDS[wish.action].now}.`,
        ...(machines.length > 1 ? ['One machine after another; one that fails ends it.'] : []),
      ],
      names: {
        label: 'Machines',
        items: machines.map(({ name, node }) => (name === node ? name : `${name} (${node})`)),
      },
      deed: preview.deed,
      isDestructive: wish.action === 'stop',
    },
    call: { method: METHODS[wish.action], request: { id: wish.service }, deadlineMs: CALL_WITHIN_MS },
    caller,
    look: (machine, signal) => lookUntil(wish, machine, tools, signal),
  };
  return { plan, preview };
}

/** What machined allows over its API: of the kubelet a start and a restart, of extension services everything. */
function whyNever({ service, action }: ServiceWish): string | undefined {
  if (service.startsWith('ext-') || (service === 'kubelet' && action !== 'stop')) return undefined;
  return (
    `Talos lets nobody ${action} ${quoted(service)} over its API. It can start and restart the kubelet, and start, stop and restart ` +
    'extension services (ext-…).'
  );
}

interface Told {
  readonly machine: Machine;
  readonly now?: string;
  readonly refused?: string;
}

async function readAll(wish: ServiceWish, { machines, caller, signal }: ServicePlanTools): Promise<readonly Told[]> {
  const told = new Map<Machine, Told>();
  const read = async (machine: Machine): Promise<void> => {
    const calling = caller();
    try {
      const service = await readService(calling, { node: machine.node, service: wish.service, signal });
      told.set(machine, { machine, ...asItIs(wish, service) });
    } catch (error) {
      told.set(machine, { machine, refused: calling.explain(error, { node: machine.node }).message });
    }
  };
  await eachBounded(machines, MOST_AT_ONCE, signal, read, () => undefined);
  return machines.map((machine) => told.get(machine) ?? { machine, refused: 'It was not asked.' });
}

function asItIs({ service: id, action }: ServiceWish, service: Service | undefined): Omit<Told, 'machine'> {
  if (service === undefined) return { refused: `It has no service ${quoted(id)}.` };
  const now = serviceWords(service);
  if (action === 'start' && isRunning(service)) return { now, refused: 'It runs already, so nothing would change.' };
  if (action === 'stop' && !isRunning(service)) return { now, refused: 'It does not run, so nothing would change.' };
  return { now };
}

/** The service is as it was when it was planned. */
function stillSo({ service }: ServiceWish, { node, name }: Machine, now: string, { caller }: ServicePlanTools): Fact {
  return {
    what: `On ${name}, ${quoted(service)} is ${now}.`,
    machine: node,
    holds: async (signal) => {
      const found = await readService(caller(), { node, service, signal });
      return found !== undefined && serviceWords(found) === now;
    },
  };
}

/** Looks until the service is as it should be, or for so long. */
async function lookUntil(
  { service, action }: ServiceWish,
  { node }: Machine,
  { caller, clock }: ServicePlanTools,
  signal: AbortSignal,
): Promise<string> {
  const begunMs = clock.monotonic();
  for (;;) {
    const found = await readService(caller(), { node, service, signal });
    const words = found === undefined ? 'no longer there' : serviceWords(found);
    const tookMs = clock.monotonic() - begunMs;
    const seconds = Math.max(1, Math.round(tookMs / 1000));
    if (found !== undefined && isAsWanted(action, found)) return `It is ${words}, ${seconds} s after.`;
    if (tookMs >= LOOK_FOR_MS || signal.aborted) return `After ${seconds} s it still is ${words}.`;
    await pause(clock, LOOK_EVERY_MS, signal);
  }
}

function isAsWanted(action: ServiceAction, service: Service): boolean {
  if (action === 'stop') return !isRunning(service);
  return service.state === 'Running' && (service.health?.unknown === true || service.health?.healthy === true);
}
