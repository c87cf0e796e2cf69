import type { MethodReply } from '../../../talos/method-types.ts';
import { CONTAINER_FLAGS, containerPlace, KUBERNETES_PARAM } from '../../commands/containers/kubernetes-param.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import { textParam } from '../../commands/kit/params.ts';
import { quoted } from '../../quoted.ts';
import type { DeedDefinition, DeedTools } from '../kit/definition.ts';
import { lookUpByReading } from '../kit/look-up-by-reading.ts';
import { lookUntil } from '../kit/look-until.ts';
import { planDeed, type ReadCall, type MachineReading } from '../kit/plan-deed.ts';
import { CHANGE_WITHIN_MS, READ_WITHIN_MS } from '../kit/read-within.ts';

type Container = MethodReply<'/machine.MachineService/Containers'>['messages'][number]['containers'][number];

/** What Talos itself cannot do without while it starts anew. */
const TALOS_NEEDS: ReadonlyMap<string, string> = new Map([
  ['apid', 'Minos does not reach the machine until apid is back.'],
  ['etcd', 'The member of etcd is away for some seconds; if another one is away too, the cluster may stand still.'],
  ['trustd', 'No new machine can join through this one until trustd is back.'],
]);

/** `talosctl restart ID` (docs/talos-behaviour.md §6.4): the process of a container gets SIGTERM. */
export const restartContainer: DeedDefinition = {
  id: 'restart',
  title: 'Restart a container',
  about: 'The process of the container gets SIGTERM; whoever started the container starts it again.',
  method: '/machine.MachineService/Restart',
  params: [{ id: 'id', title: 'Container', kind: 'text', required: true }, KUBERNETES_PARAM],
  syntax: { names: ['restart'], positionals: ['id'], flags: CONTAINER_FLAGS },
  lookUp: lookUpByReading,
  plan: (params, tools) => {
    const id = textParam(params, 'id');
    const place = containerPlace(params);
    const isPod = place.namespace === 'k8s.io' && !id.includes(':');
    const isOfEtcd = place.namespace === 'system' && id === 'etcd';
    /** The process of each machine as it was read last: right before it is asked. */
    const before = new Map<string, number>();
    return planDeed(
      restartContainer,
      params,
      {
        deed: (where) => `Restart container ${quoted(id)} on ${where}`,
        past: (where) => `Restarted container ${quoted(id)} on ${where}`,
        risk: 'interrupts',
        does: `The process of ${quoted(id)} gets SIGTERM. ${
          place.namespace === 'k8s.io'
            ? 'The restart policy of its pod says whether it is started again.'
            : 'Talos starts it again.'
        }`,
        ...(place.namespace === 'system' && TALOS_NEEDS.has(id) && { isTyped: true as const }),
        ...(isPod && { refused: `${quoted(id)} is a pod. Name one of its containers: namespace/pod:container.` }),
        ...(isOfEtcd &&
          tools.machines.length > 1 && { refused: 'Members of etcd are restarted one by one: name one machine.' }),
        read: (call) => readContainer(params, call, before),
        work: {
          call: { method: '/machine.MachineService/Restart', request: { ...place, id }, deadlineMs: CHANGE_WITHIN_MS },
          look: ({ node }, signal) => lookAgain(params, tools, { node, before: before.get(node) }, signal),
        },
      },
      tools,
    );
  },
};

/** A container may be named without the last part of its id, and so may more than one. */
const isMeant =
  (id: string) =>
  (container: Container): boolean =>
    container.id === id || container.id.startsWith(`${id}:`);

async function containersOf(params: CommandParams, { caller, node, signal }: ReadCall): Promise<readonly Container[]> {
  const options = { node, deadlineMs: READ_WITHIN_MS, signal };
  const { value } = await caller.unary('/machine.MachineService/Containers', containerPlace(params), options);
  return value.messages.flatMap(({ containers }) => containers);
}

async function readContainer(
  params: CommandParams,
  call: ReadCall,
  before: Map<string, number>,
): Promise<MachineReading> {
  const id = textParam(params, 'id');
  const [found, another] = (await containersOf(params, call)).filter(isMeant(id));
  if (found === undefined) return { now: 'not there', refused: `It has no container ${quoted(id)}.` };
  if (another !== undefined) {
    return { now: 'several', refused: `Several of its containers are called ${quoted(id)}: write the whole id.` };
  }
  before.set(call.node, found.pid);
  const now = `${stateWords(found)}, process ${found.pid}`;
  const needs = containerPlace(params).namespace === 'system' ? TALOS_NEEDS.get(id) : undefined;
  return { now, trace: String(found.pid), ...(needs !== undefined && { effects: [needs] }) };
}

/** `CONTAINER_RUNNING` as people say it. */
const stateWords = ({ status }: Container): string =>
  status
    .replace(/^(CONTAINER|SANDBOX)_/, '')
    .toLowerCase()
    .slice(0, 40);

/** Without the part of the id that is new after each start. */
const lasting = (id: string): string => id.replace(/:[0-9a-f]{12}$/, '');

async function lookAgain(
  params: CommandParams,
  { caller, clock }: DeedTools,
  { node, before }: { readonly node: string; readonly before: number | undefined },
  signal: AbortSignal,
): Promise<string> {
  const id = lasting(textParam(params, 'id'));
  return lookUntil(clock, signal, async () => {
    const all = (await containersOf(params, { caller: caller(), node, signal })).filter(isMeant(id));
    // What ended may still be listed beside what runs instead.
    const anew = all.find(({ status, pid }) => /RUNNING$/.test(status) && pid !== before);
    const found = anew ?? all[0];
    if (found === undefined) return { words: 'It is not there', isWanted: false };
    return { words: `It is ${stateWords(found)}, process ${found.pid}`, isWanted: anew !== undefined };
  });
}
