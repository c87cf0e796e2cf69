/** Models of kubeconfig files: what kubectl reads, where it comes from, what a merge would change. Never key material. */
import type { Failure } from '../failure.ts';
import type { ShownDiffLine, WrittenChange } from '../plans/changes.ts';
import type { PlanHead } from '../plans/plans.ts';
import type { Problem } from '../problem.ts';
import type { CertificateFacts } from '../talosconfigs/certificates.ts';

/** Why Minos knows a kubeconfig file. */
export type KubeconfigOrigin =
  /** An entry of `KUBECONFIG`. */
  | 'env'
  /** `~/.kube/config`, because `KUBECONFIG` is not set. */
  | 'default'
  /** Chosen by the user in a dialog. */
  | 'chosen'
  /** The demo's own; the user's files are not touched. */
  | 'demo';

/** A kubeconfig that Minos knows, whether or not it exists yet. */
export interface KubeconfigFile {
  /** Names it in calls. */
  readonly id: string;
  readonly path: string;
  readonly origin: KubeconfigOrigin;
  readonly exists: boolean;
  readonly isWritable: boolean;
  /** Where Minos merges unless told otherwise: what was chosen last, else where kubectl itself would write. */
  readonly isTarget: boolean;
  /** Why it cannot be read. */
  readonly failure?: Failure;
  readonly problems: readonly Problem[];
  readonly contextCount: number;
}

/** How the user of a context signs in. `missing`: the context names a user that is not there. */
export type KubeSignIn = 'certificate' | 'token' | 'exec' | 'auth-provider' | 'basic' | 'none' | 'missing';

/** Which Talos context a kubeconfig context belongs to, and how that is known. */
export interface KubeContextSource {
  /** Id of the Talos context. */
  readonly context: string;
  /**
   * `authority`: its authority is one that Minos fetched from this context before. `address`: its server is an
   * address of this context's cluster.
   */
  readonly by: 'authority' | 'address';
}

/** One context of a kubeconfig, joined with its cluster and its user, without secrets. */
export interface KubeContextSummary {
  /** Id of the file. */
  readonly file: string;
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
  readonly server: string;
  readonly signIn: KubeSignIn;
  /** The command line that kubectl runs to sign in, without its secrets; at most 300 characters. */
  readonly runs?: string;
  /** Client certificate, from the kubeconfig or the file it names. */
  readonly certificate?: CertificateFacts;
  /** kubectl's current context. */
  readonly isCurrent: boolean;
  /** Path of an earlier file of `KUBECONFIG` that has the same name: kubectl uses that one. */
  readonly shadowedBy?: string;
  readonly source?: KubeContextSource;
  /** A fetch from its Talos context would renew this certificate in place. */
  readonly canRefresh: boolean;
}

/** What became of kubectl's lock: removed, or gone already. */
export type LockRemoval = 'removed' | 'gone';

/** Topic `kubeconfig.state`. */
export interface KubeconfigState {
  /** In kubectl's order, then chosen ones. */
  readonly files: readonly KubeconfigFile[];
  /** `KUBECONFIG` names several files and none was chosen yet. */
  readonly needsTarget: boolean;
  readonly contexts: readonly KubeContextSummary[];
  readonly currentContext: string;
  readonly readAtMs: number;
  /** The newest change that can be undone, also of an earlier session. */
  readonly lastChange?: WrittenChange;
}

/** A kubeconfig that the user handed over. */
export interface OpenedKubeconfig {
  /** Its path, or `clipboard`. */
  readonly from: string;
  readonly contextCount: number;
}

/** Answer of `kubeconfig.fromDrop` and its like. `token` names them for `kubeconfig.preview`. */
export interface OpenedKubeconfigs {
  readonly token: string;
  readonly opened: readonly OpenedKubeconfig[];
}

/** A kubeconfig that was fetched and is held in main until it is merged or forgotten. */
export interface FetchedKubeconfig {
  /** Id of the Talos context. */
  readonly context: string;
  /** The control plane that issued it; missing when the endpoint answered for itself. */
  readonly node?: string;
  readonly server: string;
  readonly certificate: CertificateFacts;
  /** The same as a talosctl command line. */
  readonly talosctl: string;
}

/** Answer of `kubeconfig.fetch`. `token` names it in later calls and is forgotten after a while. */
export interface FetchedKubeconfigs {
  readonly token: string;
  readonly fetched: readonly FetchedKubeconfig[];
  readonly failures: readonly { readonly context: string; readonly failure: Failure }[];
}

/**
 * What to do with what is there already.
 * `refresh`: a cluster that is in the file keeps its entries and gets the newer certificate; names of others are left alone.
 * `rename`: nothing that is there changes; a taken name gets `-1`, `-2` …
 * `overwrite`: what has the name is replaced, as with `--force`.
 */
export const KUBECONFIG_CHOICES = ['refresh', 'rename', 'overwrite'] as const;

/** See {@link KUBECONFIG_CHOICES}. */
export type KubeconfigChoice = (typeof KUBECONFIG_CHOICES)[number];

/** What happens to one entry of a file. */
export interface KubeEntryChange {
  readonly section: 'clusters' | 'users' | 'contexts';
  /** `kept`: it is there already and is used. */
  readonly action: 'added' | 'refreshed' | 'replaced' | 'renamed' | 'kept' | 'removed';
  /** As it is called in the file. */
  readonly name: string;
  /** As the cluster calls it, where that is another name; of a renamed one its old name. */
  readonly incomingName?: string;
}

/** Exactly what one file would become. */
export interface KubeconfigFilePreview {
  readonly file: KubeconfigFile;
  readonly entries: readonly KubeEntryChange[];
  /** Contexts that stand for the clusters afterwards. */
  readonly contextNames: readonly string[];
  readonly currentContext: { readonly before: string; readonly after: string };
  readonly notes: readonly Problem[];
  /** The first lines that differ in the real file; secrets are fingerprints. The rest comes with `kubeconfig.previewLines`. */
  readonly diff: readonly ShownDiffLine[];
  /** How many lines the whole difference has. */
  readonly diffLength: number;
  /** Lines that would be added and were not sent yet: applying refuses while there are any. */
  readonly addedLeft: number;
  /** Of those, the first ones that say where kubectl connects, what it runs or which files it reads. */
  readonly telling: readonly ShownDiffLine[];
  /** More differs than can be shown; this file is not written. */
  readonly isDiffCut: boolean;
}

/** Answer of `kubeconfig.previewLines`: the next lines of a difference. */
export interface KubeconfigLines {
  readonly lines: readonly ShownDiffLine[];
  /** As in {@link KubeconfigFilePreview}, after these. */
  readonly addedLeft: number;
}

/** What would be written to kubeconfigs; nothing is yet. */
export interface KubeconfigPreview extends PlanHead {
  /** Only files that would be looked at; one whose entries are all `kept` does not change. */
  readonly files: readonly KubeconfigFilePreview[];
  readonly isUnchanged: boolean;
}

/** Whether an address answers on its port from this computer. */
export interface KubeServerReach {
  readonly server: string;
  readonly isReachable: boolean;
  /** Why not, a few words. */
  readonly why?: string;
  /** No file of the user names it, so it was not tried: the user must be asked first. */
  readonly isUntried?: boolean;
}

/** Answer of `kubeconfig.probe`. Nothing is sent but a TCP connection. */
export interface KubeReachability extends KubeServerReach {
  /** Addresses of control planes on the same port; asked only when the server did not answer. */
  readonly alternatives: readonly KubeServerReach[];
}
