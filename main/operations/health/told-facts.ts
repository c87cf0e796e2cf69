import type {
  Diagnostic,
  IllService,
  KubernetesNode,
  Load,
  NodeAnswer,
  VolumeLoad,
} from '../../../preload/contract/index.ts';
import type { KeptCertificate } from '../certificates/read-certificates.ts';
import type { ConfigError } from './config-error.ts';
import type { MachineStatusFacts } from './spec-facts.ts';
import type { VolumeError } from './volume-errors.ts';

/** Certificates that a machine keeps, the first to end first; at most 20. */
export interface NodeCertificates {
  readonly held: readonly Pick<
    KeptCertificate,
    'purpose' | 'place' | 'subject' | 'isAuthority' | 'notBeforeMs' | 'notAfterMs'
  >[];
  readonly atMs: number;
}

/** What a node told of itself. What is missing was not told. */
export interface ToldFacts {
  readonly machine?: MachineStatusFacts;
  readonly services?: readonly IllService[];
  readonly diagnostics?: readonly Diagnostic[];
  readonly kubernetes?: KubernetesNode;
  /** Whether its kube-apiserver is ready; of control planes alone. */
  readonly apiServer?: { readonly isReady: boolean; readonly atMs: number };
  readonly version?: string;
  readonly kubeletVersion?: string;
  /** By the node's own clock. */
  readonly bootedAtMs?: number;
  readonly cpu?: Load;
  readonly memory?: Load;
  readonly disk?: VolumeLoad;
  readonly answer?: NodeAnswer;
  /** Those that end first, as far as they could be read. */
  readonly certificates?: NodeCertificates;
  /** A configuration that it could not use, and no good one since. */
  readonly configError?: ConfigError & { readonly sinceMs: number };
  readonly failedVolumes?: readonly VolumeError[];
  /** Of LVM. */
  readonly wrongGroups?: readonly VolumeError[];
  /** Image of an upgrade that waits for the next boot; empty when none does. */
  readonly stagedUpgrade?: string;
}

/** Whether a node is well by its own word; undefined when it has not said. Not every version of Talos has diagnostics. */
export function isWell({ machine, services, diagnostics = [] }: ToldFacts): boolean | undefined {
  if (machine === undefined) return undefined;
  if (!machine.isReady || machine.stage !== 'running' || diagnostics.length > 0) return false;
  return services && services.length === 0;
}

/** What stays true of a node that is not asked: what hardly changes, and on request figures, which have their age beside them. */
export function lastingFacts(facts: ToldFacts, hasFigures: boolean): ToldFacts {
  const { version, kubeletVersion, cpu, memory, disk } = facts;
  return {
    ...(version !== undefined && { version }),
    ...(kubeletVersion !== undefined && { kubeletVersion }),
    ...(hasFigures && { ...(cpu && { cpu }), ...(memory && { memory }), ...(disk && { disk }) }),
  };
}
