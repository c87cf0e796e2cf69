import type { TalosconfigState } from '../../../preload/contract/index.ts';
import type { History } from '../../files/history.ts';
import type { Unfinished } from '../../files/own/unfinished.ts';
import type { SettingsFile } from '../../files/settings.ts';
import type { Log } from '../../lib/log.ts';
import type { Ask } from '../confirm.ts';
import type { Plans } from '../plans/plans.ts';
import type { Caller } from '../clusters/caller.ts';
import type { ContextNodes } from '../clusters/nodes.ts';
import type { KubeconfigTexts } from './texts.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Observable } from '../../lib/observable.ts';
import type { KubeconfigPlacesNow } from './kubeconfig-files.ts';

/** Options of `Kubeconfigs`. */
export interface KubeconfigsOptions {
  /** The files kubectl reads, looked up anew each time. */
  readonly places: () => KubeconfigPlacesNow;
  readonly talosconfig: Observable<TalosconfigState>;
  readonly connection: (context: string) => Caller;
  readonly nodes: (context: string) => ContextNodes;
  /** With the differences of kubeconfigs. */
  readonly history: History;
  readonly texts: KubeconfigTexts;
  readonly settings: SettingsFile;
  readonly plans: Plans;
  /** Notes kubectl's lock while it is held. */
  readonly unfinished?: Unfinished;
  readonly clock: Clock;
  readonly log: Log;
  /** Asks the user in a window of its own. */
  readonly ask: Ask;
  /** Keys of every host that a file of the user names now (talosconfigs/named-hosts.ts). */
  readonly namedHosts: () => Promise<ReadonlySet<string>>;
}
