import * as v from 'valibot';
import { call, contextName, nodeList } from '../call.ts';
import type { PlanHead } from '../plans/plans.ts';
import type { NamedMachine } from './hostnames.ts';

/** Calls about the names of machines. */
export const hostnameCalls = {
  /** The machines of a context by name, as far as discovery knows them. Asks nobody. */
  'hostnames.list': call<readonly NamedMachine[]>()(v.strictObject({ context: contextName })),
  /** What restarting these machines would do. Nothing is done until `plans.apply`. */
  'hostnames.planReboot': call<PlanHead>()(v.strictObject({ context: contextName, nodes: nodeList })),
} as const;
