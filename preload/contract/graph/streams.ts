import * as v from 'valibot';
import { call, contextName, nodeName } from '../call.ts';
import type { DependencyItem } from './graph.ts';

/** How Talos is built. */
export const graphStreams = {
  /** Which controllers of a node read and write which resources (`talosctl inspect dependencies`). Closing it cancels. */
  dependencies: call<DependencyItem>()(
    v.strictObject({ context: contextName, node: nodeName, hasResources: v.boolean() }),
  ),
} as const;
