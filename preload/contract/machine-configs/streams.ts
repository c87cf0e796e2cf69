import * as v from 'valibot';
import { call, contextName, nodeName, token } from '../call.ts';
import { MOST_COMPARED, type ConfigDriftItem } from './drift.ts';

/** Machine configs of many nodes. */
export const machineConfigStreams = {
  /** Read the configs of nodes and compare them, with each other or with another one. Needs os:admin. Closing it cancels. */
  configDrift: call<ConfigDriftItem>()(
    v.strictObject({
      context: contextName,
      nodes: v.pipe(v.array(nodeName), v.minLength(1), v.maxLength(MOST_COMPARED)),
      against: v.optional(
        v.variant('kind', [
          v.strictObject({ kind: v.literal('node'), node: nodeName }),
          v.strictObject({ kind: v.literal('opened'), token }),
          v.strictObject({ kind: v.literal('earlier'), node: nodeName, id: token }),
        ]),
      ),
    }),
  ),
} as const;
