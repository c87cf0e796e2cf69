import type * as v from 'valibot';
import { appCalls } from './app/calls.ts';
import { bundleCalls } from './bundles/calls.ts';
import { blackboxCalls } from './blackbox/calls.ts';
import { clusterCalls } from './clusters/calls.ts';
import { deedCalls } from './deeds/calls.ts';
import { etcdCalls } from './etcd/calls.ts';
import { fleetCalls } from './fleet/calls.ts';
import { healthCalls } from './health/calls.ts';
import { graphCalls } from './graph/calls.ts';
import { kubeconfigCalls } from './kubeconfig/calls.ts';
import { lensCalls } from './lens/calls.ts';
import { machineConfigCalls } from './machine-configs/calls.ts';
import { settingsCalls } from './settings/calls.ts';
import { planCalls } from './plans/calls.ts';
import { talosconfigCalls } from './talosconfigs/calls.ts';
import { updateCalls } from './updates/calls.ts';
import { workCalls } from './work/calls.ts';

/** Every request the interface may make, by subject. docs/ipc.md is generated from these tables. */
export const CALLS = {
  ...appCalls,
  ...bundleCalls,
  ...talosconfigCalls,
  ...clusterCalls,
  ...workCalls,
  ...planCalls,
  ...deedCalls,
  ...etcdCalls,
  ...kubeconfigCalls,
  ...graphCalls,
  ...blackboxCalls,
  ...lensCalls,
  ...machineConfigCalls,
  ...healthCalls,
  ...fleetCalls,
  ...settingsCalls,
  ...updateCalls,
} as const;

/** Name of a call, such as `nodes.refresh`. */
export type CallName = keyof typeof CALLS;

/** What a call takes, as it is after the checks. */
export type CallInput<N extends CallName> = v.InferOutput<(typeof CALLS)[N]['input']>;

/** What a call answers with when nothing fails. */
export type CallOutput<N extends CallName> =
  NonNullable<(typeof CALLS)[N]['output']> extends never ? void : Exclude<(typeof CALLS)[N]['output'], undefined>;
