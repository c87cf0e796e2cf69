import * as v from 'valibot';
import { call, contextName, groupName, nodeName, nothing, resourceWord, runId } from './call.ts';
import type { ResolvedNodes } from './nodes.ts';
import {
  RUN_TEXT_FORMATS,
  type CommandSummary,
  type RawAnswer,
  type ResourceTypeSummary,
  type RowDetail,
  type RunAgain,
  type Saved,
  type TalosctlRun,
} from './runs.ts';

const selectionText = v.pipe(v.string(), v.maxLength(4096));
const runTextFormat = v.picklist(RUN_TEXT_FORMATS);

export interface AppInfo {
  readonly version: string;
  /** `electron`, or `stand-in` where Electron's runtime cannot be had. */
  readonly runtime: 'electron' | 'stand-in';
  readonly versions: { readonly electron: string; readonly chrome: string; readonly node: string };
  readonly platform: string;
  readonly isDemo: boolean;
  readonly isPackaged: boolean;
}

/** Every request the interface may make. docs/ipc.md is generated from this table. */
export const CALLS = {
  /** Versions and mode of the running app. */
  'app.info': call<AppInfo>()(nothing),
  /** Start the simulated cluster and work on it; touches no file of the user's. */
  'app.openDemo': call<void>()(nothing),
  /** Work on another context in this window. Writes nothing. */
  'contexts.select': call<void>()(v.strictObject({ name: contextName })),
  /** Read the talosconfig again now. */
  'config.reload': call<void>()(nothing),
  /** Try every endpoint of the context now. */
  'endpoints.test': call<void>()(v.strictObject({ context: contextName })),
  /** Ask the cluster for its members again. */
  'nodes.refresh': call<void>()(v.strictObject({ context: contextName })),
  /** The commands that can be run. */
  'commands.list': call<readonly CommandSummary[]>()(nothing),
  /** Turns a selection text (`all`, `workers`, `worker-*`, `@group`, `!cp-1`, names, addresses) into nodes. Asks nobody. */
  'nodes.resolve': call<ResolvedNodes>()(v.strictObject({ context: contextName, text: selectionText })),
  /** Keep a selection text under a name; an existing one is replaced. */
  'groups.save': call<void>()(v.strictObject({ context: contextName, name: groupName, selection: selectionText })),
  /** Forget a saved selection. */
  'groups.remove': call<void>()(v.strictObject({ context: contextName, name: groupName })),
  /** Cancel one node of a run that is running; the others go on. Nothing happens when it has ended. */
  'runs.cancelNode': call<void>()(v.strictObject({ runId, node: nodeName })),
  /** What to start for running it again. */
  'runs.again': call<RunAgain>()(v.strictObject({ runId })),
  /** The message a node answered with. `not-found` when it is no longer kept. */
  'runs.raw': call<RawAnswer>()(v.strictObject({ runId, node: nodeName })),
  /** More about one row: the how-manieth row of that node, from 0, in the order the rows came. */
  'runs.detail': call<RowDetail>()(
    v.strictObject({ runId, node: nodeName, row: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  ),
  /** The result as text, to copy. `too-large` above 4 Mi characters. */
  'runs.text': call<string>()(v.strictObject({ runId, format: runTextFormat })),
  /** The result as a file, where the user chooses in the system's dialog. */
  'runs.save': call<Saved>()(v.strictObject({ runId, format: runTextFormat })),
  /** Understand a pasted talosctl command line. `invalid` names the word that is not understood in `where.field`. */
  'runs.parseTalosctl': call<TalosctlRun>()(v.strictObject({ line: v.pipe(v.string(), v.maxLength(65_536)) })),
  /** The resource types a cluster has. */
  'resources.types': call<readonly ResourceTypeSummary[]>()(v.strictObject({ context: contextName })),
  /** One resource as it is now, as YAML. */
  'resources.yaml': call<RowDetail>()(
    v.strictObject({
      context: contextName,
      node: nodeName,
      type: resourceWord,
      namespace: v.optional(resourceWord),
      id: resourceWord,
    }),
  ),
} as const;

export type CallName = keyof typeof CALLS;
export type CallInput<N extends CallName> = v.InferOutput<(typeof CALLS)[N]['input']>;
export type CallOutput<N extends CallName> =
  NonNullable<(typeof CALLS)[N]['output']> extends never ? void : Exclude<(typeof CALLS)[N]['output'], undefined>;
