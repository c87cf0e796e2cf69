import * as v from 'valibot';
import { endpointFaultSchema, nodeFaultSchema } from './faults/faults.ts';
import { machineIllsSchema } from './node/machine-ills.ts';
import type { Simulator } from './simulator.ts';

/*
 * The control channel of a simulator in its own process: one JSON object per line each way. A command has one key that
 * says what to do; `id` comes back with the answer, `cluster` picks one of several simulators (default: the first).
 */

const endpoint = v.object({ endpoint: v.string() });
const node = v.object({ node: v.string() });

/** Everything that can be asked for. */
const commandSchema = v.object({
  id: v.optional(v.number()),
  cluster: v.optional(v.string()),
  /** A fault on an endpoint (`127.0.0.3`, `127.0.0.3:41000`, `cp-2`) or on a node. */
  fault: v.optional(
    v.looseObject({ endpoint: v.optional(v.string()), node: v.optional(v.string()), kind: v.string() }),
  ),
  /** Takes the fault of one endpoint or node away, or all. */
  clear: v.optional(v.union([v.literal('all'), endpoint, node])),
  /** Reboots a node; it is down for `bootMs`, half a minute by default. */
  reboot: v.optional(v.object({ node: v.string(), bootMs: v.optional(v.number()) })),
  /** From now on no node writes a line into its logs. */
  quiet: v.optional(v.literal(true)),
  /** How a node comes back from its next boots; `{}` for as it was. */
  nextBoot: v.optional(
    v.object({
      node: v.string(),
      as: v.optional(v.picklist(['never', 'maintenance', 'another-identity'])),
      version: v.optional(v.string()),
      downMs: v.optional(v.number()),
      bootMs: v.optional(v.number()),
    }),
  ),
  /** How many lines of a log of a node were sent so far, each counted once. */
  sentLines: v.optional(v.object({ node: v.string(), log: v.string() })),
  /** Sets the Talos version of a node. */
  version: v.optional(v.object({ node: v.string(), version: v.string() })),
  /** What is wrong with a node although it answers; `{}` for nothing. */
  ills: v.optional(v.object({ node: v.string(), ...machineIllsSchema.entries })),
  /** A node tells that it could not use a configuration. */
  configError: v.optional(
    v.object({ node: v.string(), kind: v.picklist(['load', 'validation']), message: v.string() }),
  ),
  /** This node tells that it boots with a good configuration. */
  boots: v.optional(v.string()),
  /** Gives a node another machine config, to the byte; null for the one it was made with. */
  machineConfig: v.optional(v.object({ node: v.string(), text: v.nullable(v.string()) })),
  /** The disks of a node beside the one Talos runs from. */
  moreDisks: v.optional(
    v.object({
      node: v.string(),
      disks: v.array(
        v.object({
          ...{ name: v.string(), bytes: v.number(), model: v.string(), serial: v.string() },
          /** What is found on the disk itself. */
          ...{ content: v.exactOptional(v.string()), label: v.exactOptional(v.string()) },
        }),
      ),
    }),
  ),
  /** A node joins etcd as a learner, votes from now on, is no member any more, or starts with its data wiped. */
  etcd: v.optional(v.object({ node: v.string(), change: v.picklist(['join', 'promote', 'remove', 'empty']) })),
  /** GOAWAY everywhere. */
  drain: v.optional(v.object({ graceMs: v.number() })),
  /** The calls so far; `clear` forgets them afterwards. */
  calls: v.optional(v.object({ clear: v.optional(v.boolean()) })),
  /** How many TCP connections are open. */
  connections: v.optional(v.literal(true)),
  /** A talosconfig with another client certificate. */
  talosconfig: v.optional(
    v.object({
      roles: v.optional(v.array(v.string())),
      ttlMs: v.optional(v.number()),
      notBeforeMs: v.optional(v.number()),
      usages: v.optional(v.array(v.picklist(['clientAuth', 'serverAuth']))),
      contextName: v.optional(v.string()),
      nodes: v.optional(v.array(v.string())),
    }),
  ),
});

/** A command as its sender writes it. */
export type Command = v.InferInput<typeof commandSchema>;
type ParsedCommand = v.InferOutput<typeof commandSchema>;
type EtcdChange = NonNullable<ParsedCommand['etcd']>;

/** What comes back: the value asked for (null for a plain order), or what was wrong. */
export type Answer = { readonly id?: number; readonly ok: unknown } | { readonly id?: number; readonly error: string };

async function obey(command: ParsedCommand, simulator: Simulator): Promise<unknown> {
  if (command.fault !== undefined) {
    const { endpoint: onEndpoint, node: onNode } = command.fault;
    if (onEndpoint !== undefined) {
      await simulator.setEndpointFault(onEndpoint, v.parse(endpointFaultSchema, command.fault));
    } else if (onNode !== undefined) simulator.setNodeFault(onNode, v.parse(nodeFaultSchema, command.fault));
    else throw new Error('A fault wants an endpoint or a node.');
    return null;
  }
  if (command.clear !== undefined) {
    if (command.clear === 'all') await simulator.clearFaults();
    else if ('endpoint' in command.clear) await simulator.endpoint(command.clear.endpoint).clearFault();
    else simulator.setNodeFault(command.clear.node, null);
    return null;
  }
  if (command.reboot !== undefined) {
    simulator.node(command.reboot.node).reboot('', { force: false }, command.reboot.bootMs);
    return null;
  }
  if (command.quiet === true) {
    for (const each of simulator.nodes) each.beQuiet();
    return null;
  }
  if (command.nextBoot !== undefined) {
    const { node: name, ...next } = command.nextBoot;
    simulator.node(name).setNextBoot(next);
    return null;
  }
  if (command.sentLines !== undefined)
    return simulator.node(command.sentLines.node).sentLines.count(command.sentLines.log);
  if (command.version !== undefined) {
    simulator.node(command.version.node).setVersion(command.version.version);
    return null;
  }
  if (command.ills !== undefined) {
    const { node: name, ...ills } = command.ills;
    simulator.node(name).setIlls(ills);
    return null;
  }
  if (command.configError !== undefined) {
    const { node: name, kind, message } = command.configError;
    simulator.node(name).events.configError(kind, message);
    return null;
  }
  if (command.boots !== undefined) {
    simulator.node(command.boots).events.step({ kind: 'sequence', name: 'boot', action: 'start' }, '');
    return null;
  }
  if (command.machineConfig !== undefined) {
    simulator.node(command.machineConfig.node).machine.setConfig(command.machineConfig.text);
    return null;
  }
  if (command.moreDisks !== undefined) {
    simulator.node(command.moreDisks.node).machine.setMoreDisks(command.moreDisks.disks);
    return null;
  }
  if (command.etcd !== undefined) {
    changeEtcd(simulator, command.etcd);
    return null;
  }
  if (command.drain !== undefined) {
    simulator.drain(command.drain.graceMs);
    return null;
  }
  if (command.calls !== undefined) {
    const calls = [...simulator.calls];
    if (command.calls.clear === true) simulator.clearCalls();
    return calls;
  }
  if (command.connections === true) return simulator.openConnections();
  if (command.talosconfig !== undefined) return simulator.talosconfigFor(command.talosconfig);
  throw new Error('The command says nothing to do.');
}

function changeEtcd(simulator: Simulator, { node: name, change }: EtcdChange): void {
  const { etcd } = simulator;
  const node = simulator.node(name);
  if (change === 'join') return void etcd.join(node);
  if (change === 'empty') return etcd.empty(node);
  const member = etcd.memberOn(node);
  if (member === undefined) throw new Error(`${name} is no member of etcd.`);
  if (change === 'promote') etcd.promote(member.hex);
  else etcd.remove(member.hex);
}

/** Obeys one line and answers with one line; never throws. */
export async function obeyLine(line: string, simulators: readonly Simulator[]): Promise<string> {
  let id: number | undefined;
  const answer = (content: { ok: unknown } | { error: string }): string =>
    JSON.stringify(id === undefined ? content : { id, ...content });
  try {
    const command = v.parse(commandSchema, JSON.parse(line));
    id = command.id;
    const simulator = simulators.find((each) => each.name === (command.cluster ?? simulators[0]?.name));
    if (simulator === undefined) throw new Error(`No cluster is called ${command.cluster ?? ''}.`);
    return answer({ ok: await obey(command, simulator) });
  } catch (error) {
    return answer({ error: error instanceof Error ? error.message : String(error) });
  }
}
