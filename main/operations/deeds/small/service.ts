import { SERVICE_ACTIONS, type ServiceAction } from '../../../../preload/contract/index.ts';
import { textParam } from '../../commands/kit/params.ts';
import { quoted } from '../../quoted.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { lookUpByReading } from '../kit/look-up-by-reading.ts';
import { lookUntil } from '../kit/look-until.ts';
import { planDeed, type MachineReading, type ReadCall } from '../kit/plan-deed.ts';
import { isRunning, readService, serviceWords, type Service } from '../service-state.ts';

/** Stopping a container takes up to half a minute before it is killed. */
const CALL_WITHIN_MS = 60_000;

const METHODS = {
  start: '/machine.MachineService/ServiceStart',
  stop: '/machine.MachineService/ServiceStop',
  restart: '/machine.MachineService/ServiceRestart',
} as const;

const WORDS: Readonly<Record<ServiceAction, { readonly deed: string; readonly past: string; readonly does: string }>> =
  {
    start: { deed: 'Start', past: 'Started', does: 'starts' },
    stop: {
      deed: 'Stop',
      past: 'Stopped',
      does: 'stops, and stays stopped until somebody starts it or the machine starts anew',
    },
    restart: { deed: 'Restart', past: 'Restarted', does: 'stops and starts again; it is away for some seconds' },
  };

const isAction = (word: string | undefined): word is ServiceAction =>
  (SERVICE_ACTIONS as readonly (string | undefined)[]).includes(word);

/** `talosctl service ID start|stop|restart` (docs/talos-behaviour.md §6.4). */
export const service: DeedDefinition = {
  id: 'service',
  title: 'Start, stop or restart a service',
  about: 'Talos lets people start and restart the kubelet, and start, stop and restart extension services.',
  method: '/machine.MachineService/ServiceRestart',
  params: [
    { id: 'service', title: 'Service', kind: 'text', required: true },
    { id: 'action', title: 'What to do', kind: 'choice', required: true, choices: SERVICE_ACTIONS },
  ],
  syntax: {
    names: ['service', 'services'],
    positionals: ['service', 'action'],
    claims: ([, action]) => isAction(action),
  },
  lookUp: lookUpByReading,
  plan: (params, tools) => {
    const id = textParam(params, 'service');
    const wished = textParam(params, 'action');
    const action = isAction(wished) ? wished : 'restart';
    const { deed, past, does } = WORDS[action];
    const never = whyNever(id, action);
    return planDeed(
      service,
      params,
      {
        deed: (where) => `${deed} ${quoted(id)} on ${where}`,
        past: (where) => `${past} ${quoted(id)} on ${where}`,
        risk: 'interrupts',
        does: `${quoted(id)} ${does}.`,
        ...(never !== undefined && { refused: never }),
        read: (call) => readNow(id, action, call),
        work: {
          call: { method: METHODS[action], request: { id }, deadlineMs: CALL_WITHIN_MS },
          look: ({ node }, signal) =>
            lookUntil(tools.clock, signal, async () => {
              const found = await readService(tools.caller(), { node, service: id, signal });
              return {
                words: `It is ${found === undefined ? 'no longer there' : serviceWords(found)}`,
                isWanted: found !== undefined && isAsWanted(action, found),
              };
            }),
        },
      },
      tools,
    );
  },
};

/** What machined allows over its API: of the kubelet a start and a restart, of extension services everything. */
function whyNever(id: string, action: ServiceAction): string | undefined {
  if (id.startsWith('ext-') || (id === 'kubelet' && action !== 'stop')) return undefined;
  return (
    `Talos lets nobody ${action} ${quoted(id)} over its API. It can start and restart the kubelet, and start, stop and restart ` +
    'extension services (ext-…).'
  );
}

async function readNow(id: string, action: ServiceAction, call: ReadCall): Promise<MachineReading> {
  const { caller, ...looking } = call;
  const found = await readService(caller, { ...looking, service: id });
  if (found === undefined) return { now: 'not there', refused: `It has no service ${quoted(id)}.` };
  const now = serviceWords(found);
  // A restart leaves the state as it was, but not the newest of its events.
  if (action === 'restart') return { now, ...newestEvent(found) };
  const isDone = action === 'start' ? isRunning(found) : !isRunning(found);
  if (!isDone) return { now, isDone };
  return {
    now,
    isDone,
    refused: `It ${action === 'start' ? 'runs already' : 'does not run'}, so nothing would change.`,
  };
}

/** When the newest event of a service was, by the clock of its machine. */
function newestEvent({ events }: Service): { readonly trace?: string } {
  const { ts } = events?.events.at(-1) ?? {};
  return ts === null || ts === undefined ? {} : { trace: `${ts.seconds}.${ts.nanos}` };
}

function isAsWanted(action: ServiceAction, found: Service): boolean {
  if (action === 'stop') return !isRunning(found);
  return found.state === 'Running' && (found.health?.unknown === true || found.health?.healthy === true);
}
