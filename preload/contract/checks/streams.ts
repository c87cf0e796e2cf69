import * as v from 'valibot';
import { call, contextName, nodeName } from '../call.ts';
import type { CheckEvent } from './checks.ts';

const addresses = v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(5000));

/** Streams of checks. */
export const checkStreams = {
  /** A health check of a cluster as it goes. Closing the stream cancels it. */
  checks: call<CheckEvent>()(
    v.strictObject({
      context: contextName,
      /** Who goes through the list, or whose members Minos goes through: a control plane. */
      node: nodeName,
      /** True: that node goes through the list and tells; false: Minos asks every node itself. */
      isByServer: v.boolean(),
      /** Of a check that Minos does itself: with a certificate issued for it, ask the API of Kubernetes too. */
      asksKubernetes: v.boolean(),
      /** How long it may take in all, as Go writes durations: `20m`. */
      timeout: v.pipe(v.string(), v.maxLength(64)),
      /** IP addresses of the nodes that should be there; of both kinds none: as the cluster discovered them. */
      controlPlanes: addresses,
      workers: addresses,
      /** Where Kubernetes answers, if not where the cluster says. */
      kubernetesEndpoint: v.optional(v.pipe(v.string(), v.maxLength(2048))),
    }),
  ),
} as const;
