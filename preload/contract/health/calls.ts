import * as v from 'valibot';
import { call, contextName, nodeName } from '../call.ts';

/** Most nodes that are watched at a time; the others are asked now and then. */
const MAX_IN_VIEW = 100;
const attentionId = v.pipe(v.string(), v.minLength(1), v.maxLength(1024));
const inView = v.pipe(v.array(nodeName), v.maxLength(MAX_IN_VIEW));
const moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8_640_000_000_000_000));

/** Calls about the health of a cluster. */
export const healthCalls = {
  /** Which nodes are in view now: they are watched while `health.state` has a subscriber. Replaces what was said before. */
  'health.look': call<void>()(v.strictObject({ context: contextName, nodes: inView })),
  /** Ask every node and etcd again, now; bounded as ever. */
  'health.refresh': call<void>()(v.strictObject({ context: contextName })),
  /** Keep an item of the attention list quiet until a moment. Kept for the cluster, whatever its contexts are called. */
  'attention.mute': call<void>()(v.strictObject({ context: contextName, id: attentionId, untilMs: moment })),
  /** Let it be told again. */
  'attention.unmute': call<void>()(v.strictObject({ context: contextName, id: attentionId })),
  /** Whether serious items are told by a notice of the desktop; for all clusters. Off at first. */
  'attention.notify': call<void>()(v.strictObject({ isOn: v.boolean() })),
} as const;
