import type { MethodReply } from '../../../talos/method-types.ts';
import type { CheckName } from '../check-list.ts';
import { askNodes } from './ask-nodes.ts';
import { unmetOf, type Check, type CheckedNode, type CheckTools } from './check.ts';

type Service = MethodReply<'/machine.MachineService/ServiceList'>['messages'][number]['services'][number];

const INTERVAL_MS = 5_000;

/** The control planes of a health check. */
export const controlPlanes = ({ nodes }: Pick<CheckTools, 'nodes'>): readonly CheckedNode[] =>
  nodes.filter(({ isControlPlane }) => isControlPlane);

/**
 * A service of the control planes runs and is well. A cluster that has it on none of them does without it: whether it should
 * have it stands in the machine config, which holds secrets and is not read for that.
 */
export function serviceCheck(name: CheckName, id: string): Check {
  return {
    name,
    intervalMs: INTERVAL_MS,
    async assert(tools) {
      const answers = await askNodes(
        controlPlanes(tools),
        tools,
        (node, why) => `error getting service info for service "${id}" from node "${node}": ${why}`,
        async (call) => {
          const { value } = await tools.connection.unary('/machine.MachineService/ServiceList', {}, call);
          return value.messages.flatMap(({ services }) => services).find((service) => service.id === id);
        },
      );
      const having = answers.filter(([, service]) => service !== undefined);
      if (having.length === 0) return 'skipped';
      if (having.length < answers.length)
        unmetOf([`expected a response with ${answers.length} node(s), got ${having.length}`]);
      unmetOf(having.flatMap(([{ ip }, service]) => (service === undefined ? [] : flawOf(ip, id, service))).sort());
      return 'ok';
    },
  };
}

function flawOf(node: string, id: string, { events, health }: Service): readonly string[] {
  const last = events?.events.at(-1);
  if (last === undefined) return [`${node}: no events recorded yet for service "${id}"`];
  if (last.state !== 'Running')
    return [`${node}: service "${id}" not in expected state "Running": current state [${last.state}] ${last.msg}`];
  return health?.healthy === true ? [] : [`${node}: service is not healthy: ${id}`];
}
