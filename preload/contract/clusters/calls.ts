import * as v from 'valibot';
import { call, contextName, groupName } from '../call.ts';
import type { ResolvedNodes } from './nodes.ts';

const selectionText = v.pipe(v.string(), v.maxLength(4096));

/** Calls about the machines of a cluster and the ways to them. */
export const clusterCalls = {
  /** Try every endpoint of the context now. */
  'endpoints.test': call<void>()(v.strictObject({ context: contextName })),
  /** Switch an endpoint off or on for this session. Calls that run on it may finish. */
  'endpoints.setDisabled': call<void>()(
    v.strictObject({ context: contextName, endpoint: v.pipe(v.string(), v.maxLength(1024)), disabled: v.boolean() }),
  ),
  /** Dial the context over the endpoints of its file again, not over those of `--endpoints` of this start. */
  'endpoints.useFile': call<void>()(v.strictObject({ context: contextName })),
  /** Read the context by a short certificate of os:reader from now on, or by that of its file again. Kept in the settings. */
  'power.set': call<void>()(v.strictObject({ context: contextName, isLeast: v.boolean() })),
  /**
   * Read it by the certificate of its file for five minutes. The user is asked: `cancelled` when they refuse. `precondition` where least
   * power is off.
   */
  'power.lift': call<void>()(v.strictObject({ context: contextName })),
  /** Ask the cluster for its members again. */
  'nodes.refresh': call<void>()(v.strictObject({ context: contextName })),
  /** Turns a selection text (`all`, `workers`, `worker-*`, `@group`, `!cp-1`, names, addresses) into nodes. Asks nobody. */
  'nodes.resolve': call<ResolvedNodes>()(v.strictObject({ context: contextName, text: selectionText })),
  /** Keep a selection text under a name; an existing one is replaced. */
  'groups.save': call<void>()(v.strictObject({ context: contextName, name: groupName, selection: selectionText })),
  /** Forget a saved selection. */
  'groups.remove': call<void>()(v.strictObject({ context: contextName, name: groupName })),
} as const;
