import { listOf } from '../../../../preload/contract/format/numbers.ts';
import {
  quorumOf,
  type ControlPlaneEtcd,
  type EtcdMemberView,
  type KnownSnapshot,
} from '../../../../preload/contract/index.ts';

/** A copy of a database that is older may be of another state. */
export const COPY_FOR_MS = 24 * 3_600_000;

/** What is seen of an etcd, from all that is asked for a recovery. */
export interface RecoverySituation {
  /** All machines that are control planes, or may be; workers do not count. */
  readonly controlPlanes: readonly ControlPlaneEtcd[];
  /** As etcd lists them now, each with what it says of itself; missing where nobody lists them. */
  readonly members?: readonly Pick<EtcdMemberView, 'id' | 'hostname' | 'node' | 'isLearner' | 'report'>[];
  /** Id of the member that leads. */
  readonly leader?: string;
  /** That are still what was checked, the best first. */
  readonly snapshots: readonly KnownSnapshot[];
  /** Snapshots of this cluster were known, and their files are not where they were, or are others by now. */
  readonly hasGone?: true;
  /** Snapshots are known of the cluster that the context led to before it got another CA. */
  readonly isKnownBefore?: true;
}

/** The same, sorted by what it means. */
export interface Sorted {
  readonly all: readonly ControlPlaneEtcd[];
  /** Did not answer, or do not say what is on their disks. */
  readonly silent: readonly ControlPlaneEtcd[];
  readonly withData: readonly ControlPlaneEtcd[];
  readonly empty: readonly ControlPlaneEtcd[];
  /** Their etcd answers. */
  readonly running: readonly ControlPlaneEtcd[];
  /** So many of the control planes that are known to be some are more than half. */
  readonly majority: number;
}

/** Talos's states of a service that may answer in a while. */
export const COMING: ReadonlySet<string> = new Set(['Initialized', 'Preparing', 'Waiting', 'Starting', 'Running']);

/**
 * Its etcd has data and is starting, as after a boot or a bootstrap: whether it comes to lead, or to follow, does not show yet. One that
 * Talos found ill is restarted again and again, and starts no more.
 */
export const isStarting = ({ data, service = '', leader, isHealthy }: ControlPlaneEtcd): boolean =>
  data === 'present' &&
  leader === undefined &&
  COMING.has(service) &&
  (service === 'Running' ? isHealthy === undefined : isHealthy !== false);

/** Sorts control planes by what they say. */
export function sorted({ controlPlanes }: Pick<RecoverySituation, 'controlPlanes'>): Sorted {
  const all = controlPlanes.filter(({ isControlPlane }) => isControlPlane !== false);
  const isSilent = ({ failure, data }: ControlPlaneEtcd): boolean => failure !== undefined || data === undefined;
  const told = all.filter((one) => !isSilent(one));
  return {
    all,
    silent: all.filter(isSilent),
    withData: told.filter(({ data }) => data === 'present'),
    empty: told.filter(({ data }) => data === 'empty'),
    running: all.filter(({ member }) => member !== undefined),
    // Counting silent workers would make few of those that answer.
    majority: quorumOf(all.filter(({ isMaybe }) => isMaybe !== true).length),
  };
}

/** `cp-1 and cp-2`. */
export const namesOf = (machines: readonly Pick<ControlPlaneEtcd, 'name'>[]): string =>
  listOf(
    machines.map(({ name }) => name),
    Infinity,
  );
