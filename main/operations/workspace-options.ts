import type { TalosconfigChoice } from '../../preload/contract/index.ts';
import type { Seal } from '../files/history.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { LoadedProto } from '../talos/load-proto.ts';
import type { DecodeWorkerPlace } from '../talos/reply-decoder.ts';
import type { StartDemo } from './app/demo.ts';
import type { ShowQuestion } from './confirm.ts';
import type { StartRehearsal } from './deeds/rehearsal/shape.ts';
import type { KubeconfigPlacesNow } from './kubeconfig/kubeconfig-files.ts';
import type { StartWish } from './talosconfigs/start-endpoints.ts';

/** What the composition root gives: places, the clock, randomness, and what needs a window. */
export interface WorkspaceOptions {
  readonly choose: () => TalosconfigChoice;
  /** Endpoints of the command line, for one context. Default: all are dialled as their files say. */
  readonly startEndpoints?: StartWish | undefined;
  readonly proto: () => LoadedProto;
  readonly startDemo: StartDemo;
  /** Starts a simulated cluster that a plan is rehearsed on. Default: none is. */
  readonly startRehearsal?: StartRehearsal;
  /** The kubeconfigs kubectl reads. */
  readonly kubeconfigPlaces: () => KubeconfigPlacesNow;
  /** Where Minos's own settings lie. */
  readonly settingsPath: string;
  /** Where programs of this computer put what lasts for moments: what a rehearsal that was cut short left there is removed. Default: nothing is. */
  readonly temporaryFolder?: string;
  /** Where old versions of changed files lie. */
  readonly historyFolder: string;
  /** The built main/text-work/text-worker.ts, or that file itself. */
  readonly textWorkerFile: string;
  /** The built main/credentials/identity-worker.ts, or that file itself. Default: many credentials are checked here, too. */
  readonly identityWorkerFile?: string;
  /** Where large replies are decoded. Default: here. */
  readonly decodeWorker?: DecodeWorkerPlace;
  /** The built main/operations/cluster-text/cluster-text-worker.ts, or that file itself. Default: long specs are not read. */
  readonly clusterTextWorkerFile?: string;
  /** The built main/operations/etcd/snapshot-file/snapshot-worker.ts, or that file itself. */
  readonly snapshotWorkerFile: string;
  /** Encrypts old versions where the system has a real keychain; asked when the first one is written. */
  readonly seal: () => Seal | undefined;
  /** Shows a question in a window of its own; what a page may not do alone is done only after it was confirmed there. */
  readonly confirm: ShowQuestion;
  /** The environment, for proxies. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Of Minos, for what it writes. */
  readonly version?: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}
