import * as v from 'valibot';
import { call, contextName, nothing } from './call.ts';
import type { CommandSummary } from './runs.ts';

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
} as const;

export type CallName = keyof typeof CALLS;
export type CallInput<N extends CallName> = v.InferOutput<(typeof CALLS)[N]['input']>;
export type CallOutput<N extends CallName> =
  NonNullable<(typeof CALLS)[N]['output']> extends never ? void : Exclude<(typeof CALLS)[N]['output'], undefined>;
