import * as v from 'valibot';
import { call, contextName, filePath, groupName, nodeName, nothing, resourceWord, runId } from './call.ts';
import {
  KUBECONFIG_CHOICES,
  type FetchedKubeconfigs,
  type KubeconfigChange,
  type KubeconfigFile,
  type KubeconfigLines,
  type KubeconfigPreview,
  type KubeReachability,
  type LockRemoval,
  type OpenedKubeconfigs,
} from './kubeconfig.ts';
import type { ResolvedNodes } from './nodes.ts';
import type {
  AppliedChange,
  ChangeSummary,
  DialPreview,
  ImportPlan,
  ImportPreview,
  RenewPreview,
} from './talosconfigs.ts';
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

const token = v.pipe(v.string(), v.uuid());
/** Longest name that can be written as a YAML key. */
const newName = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const addressList = v.pipe(v.array(v.pipe(v.string(), v.maxLength(1024))), v.maxLength(1000));
const shortText = v.pipe(v.string(), v.maxLength(2048));
const importChoices = v.pipe(
  v.array(
    v.strictObject({
      id: v.pipe(v.string(), v.maxLength(64)),
      action: v.picklist(['keep-both', 'overwrite', 'skip', 'rename']),
      name: v.optional(newName),
    }),
  ),
  v.maxLength(10_000),
);
/** How an import is done: the choices made (the rest by default), or exactly as talosctl would. */
const importWish = v.strictObject({
  token,
  choices: importChoices,
  switchCurrent: v.boolean(),
  asTalosctl: v.boolean(),
});

const kubeconfigFile = v.pipe(v.string(), v.maxLength(64));
const kubeContext = v.strictObject({ file: kubeconfigFile, name: contextName });

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
  /** False: Chromium's sandbox is off, as root or by a switch; what runs in the page is held by less. */
  readonly isSandboxed: boolean;
  /** Started from a menu or a dock, where variables that only a shell sets are not seen. */
  readonly isFromMenu: boolean;
}

/** Every request the interface may make. docs/ipc.md is generated from this table. */
export const CALLS = {
  /** Versions and mode of the running app. */
  'app.info': call<AppInfo>()(nothing),
  /** Start the simulated cluster and work on it; touches no file of the user's. */
  'app.openDemo': call<void>()(nothing),
  /** Work on the user's own files and end the demo; what was run in it is forgotten. */
  'app.leaveDemo': call<void>()(nothing),
  /** Work on another context in this window. Writes nothing. */
  'contexts.select': call<void>()(v.strictObject({ name: contextName })),
  /** Read the talosconfig again now. */
  'config.reload': call<void>()(nothing),
  /** Try every endpoint of the context now. */
  'endpoints.test': call<void>()(v.strictObject({ context: contextName })),
  /** Switch an endpoint off or on for this session. Calls that run on it may finish. */
  'endpoints.setDisabled': call<void>()(
    v.strictObject({ context: contextName, endpoint: v.pipe(v.string(), v.maxLength(1024)), disabled: v.boolean() }),
  ),
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
    v.strictObject({
      runId,
      node: nodeName,
      row: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000)),
    }),
  ),
  /** The result as text, to copy. `too-large` above 1 MiB. */
  'runs.text': call<string>()(v.strictObject({ runId, format: runTextFormat })),
  /** The result as a file, where the user chooses in the system's dialog. */
  'runs.save': call<Saved>()(v.strictObject({ runId, format: runTextFormat })),
  /** Understand a pasted talosctl command line. `invalid` names the word that is not understood in `where.field`. */
  'runs.parseTalosctl': call<TalosctlRun>()(v.strictObject({ line: v.pipe(v.string(), v.maxLength(65_536)) })),
  /** Whether anybody can see the page. While nobody can, watches are not asked whether their nodes still answer. */
  'page.seen': call<void>()(v.strictObject({ isSeen: v.boolean() })),
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
  /** Look at files that were dropped (token of the drop). Writes nothing. */
  'import.fromDrop': call<ImportPreview>()(v.strictObject({ token })),
  /** Look at the clipboard; main reads it, the text never reaches the page. */
  'import.fromClipboard': call<ImportPreview>()(nothing),
  /** Choose files in the system's dialog. `cancelled` when the user did not. */
  'import.choose': call<ImportPreview>()(nothing),
  /** Exactly what an import would change. Its `token` names this plan for `import.apply`. */
  'import.plan': call<ImportPlan>()(importWish),
  /**
   * Write a plan, once. `conflict` when the file is not what the plan was made on. Asks the user before a text of the
   * clipboard brings hosts that no file of theirs names: `cancelled` when they refuse.
   */
  'import.apply': call<AppliedChange>()(v.strictObject({ token })),
  /** Write the file's current context (`talosctl config context`). */
  'contexts.setCurrent': call<AppliedChange>()(v.strictObject({ context: contextName })),
  'contexts.rename': call<AppliedChange>()(v.strictObject({ context: contextName, to: newName })),
  /** Takes a context out of its file, also the current one. */
  'contexts.remove': call<AppliedChange>()(v.strictObject({ context: contextName })),
  /** Asks the user before hosts are written that no open talosconfig or kubeconfig names: `cancelled` when they refuse. */
  'contexts.setEndpoints': call<AppliedChange>()(v.strictObject({ context: contextName, endpoints: addressList })),
  'contexts.setNodes': call<AppliedChange>()(v.strictObject({ context: contextName, nodes: addressList })),
  /** '' removes it. Asks the user before a proxy is written that no open talosconfig names. */
  'contexts.setProxyUrl': call<AppliedChange>()(v.strictObject({ context: contextName, proxyUrl: shortText })),
  /** '' removes it. */
  'contexts.setCluster': call<AppliedChange>()(v.strictObject({ context: contextName, cluster: shortText })),
  /**
   * A new context from certificate files that the user chooses in dialogs (`talosctl config add`). Asks the user before
   * new hosts are written.
   */
  'contexts.add': call<AppliedChange>()(
    v.strictObject({ name: newName, endpoints: addressList, nodes: addressList, withFiles: v.boolean() }),
  ),
  /** What would be dialled for endpoints as written. Nothing is dialled or looked up. */
  'contexts.dialPreview': call<readonly DialPreview[]>()(v.strictObject({ endpoints: addressList })),
  /** Ask the cluster for a new certificate with the same roles. Writes nothing. `credentials` when it has expired. */
  'contexts.renew': call<RenewPreview>()(v.strictObject({ context: contextName })),
  /** Write the certificate of a preview, once. */
  'contexts.applyRenewal': call<AppliedChange>()(v.strictObject({ token })),
  /**
   * A scoped talosconfig from the cluster, saved where the user says (`talosctl config new`). For more than a year the
   * user is asked first.
   */
  'contexts.issue': call<AppliedChange>()(
    v.strictObject({
      context: contextName,
      roles: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.minLength(1), v.maxLength(10)),
      hours: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(87_600)),
    }),
  ),
  /** Open another talosconfig beside the primary one, chosen in the system's dialog. Remembered. */
  'talosconfigs.open': call<void>()(nothing),
  'talosconfigs.close': call<void>()(v.strictObject({ file: filePath })),
  /** Set the file's mode to 0600. */
  'talosconfigs.makePrivate': call<void>()(v.strictObject({ file: filePath })),
  /** Changes Minos made to a file, newest first. */
  'history.list': call<readonly ChangeSummary[]>()(v.strictObject({ file: filePath })),
  /** Put back the bytes from before a change. `conflict` when the file was changed since. */
  'history.undo': call<AppliedChange>()(v.strictObject({ file: filePath, changeId: shortText })),
  /** Forget all old versions of a file now; they hold old keys. The user is asked: `cancelled` when they refuse. */
  'history.forget': call<void>()(v.strictObject({ file: filePath })),
  /** Read the kubeconfig files again now. */
  'kubeconfig.reload': call<void>()(nothing),
  /**
   * Fetch kubeconfigs from control planes; each call issues new certificates. Writes nothing. A context that fails is
   * listed with why; when the only one fails, its failure is the answer.
   */
  'kubeconfig.fetch': call<FetchedKubeconfigs>()(
    v.strictObject({ contexts: v.pipe(v.array(contextName), v.minLength(1), v.maxLength(100)) }),
  ),
  /** Look at kubeconfigs that were dropped (token of the drop). Writes nothing. */
  'kubeconfig.fromDrop': call<OpenedKubeconfigs>()(v.strictObject({ token })),
  /** Look at the clipboard; main reads it, the text never reaches the page. */
  'kubeconfig.fromClipboard': call<OpenedKubeconfigs>()(nothing),
  /** Choose kubeconfigs in the system's dialog. `cancelled` when the user did not. */
  'kubeconfig.fromDialog': call<OpenedKubeconfigs>()(nothing),
  /** What merging a fetched or opened kubeconfig would change. Writes nothing. */
  'kubeconfig.preview': call<KubeconfigPreview>()(
    v.strictObject({
      /** Of `kubeconfig.fetch`, or of one that was opened. */
      token,
      /** Default: the target of the state. */
      file: v.optional(kubeconfigFile),
      choice: v.picklist(KUBECONFIG_CHOICES),
      /** Name for the resulting context. Only for one fetched kubeconfig. */
      contextName: v.optional(newName),
      setCurrent: v.boolean(),
      /** By talosctl's own rules, its quirks included. */
      asTalosctl: v.boolean(),
      /** One of the alternatives of `kubeconfig.probe`, to be written instead of the cluster's own address. */
      server: v.optional(shortText),
    }),
  ),
  /** What renewing certificates in place, in every file they stand in, would change. Writes nothing. */
  'kubeconfig.previewRefresh': call<KubeconfigPreview>()(v.strictObject({ token })),
  /** What removing contexts, with clusters and users nobody else uses, would change. Writes nothing. */
  'kubeconfig.previewRemoval': call<KubeconfigPreview>()(
    v.strictObject({ contexts: v.pipe(v.array(kubeContext), v.minLength(1), v.maxLength(1000)) }),
  ),
  /** Further lines of a preview's difference, from a line on that follows those sent before. */
  'kubeconfig.previewLines': call<KubeconfigLines>()(
    v.strictObject({
      token,
      file: kubeconfigFile,
      from: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)),
    }),
  ),
  /**
   * Write a preview, once. `precondition` while lines that would be added were not sent to the page. `conflict` when a file is
   * not what it was made on, or (`where.field` is `lock`) kubectl's lock is held.
   */
  'kubeconfig.apply': call<KubeconfigChange>()(v.strictObject({ token })),
  /** Put back the bytes from before a change; answers with the change that this is. `conflict` when a file was changed since. */
  'kubeconfig.undo': call<KubeconfigChange>()(v.strictObject({ change: v.pipe(v.string(), v.maxLength(64)) })),
  /** What giving a context another name would change (`kubectl config rename-context`). Writes nothing. */
  'kubeconfig.previewRename': call<KubeconfigPreview>()(
    v.strictObject({ file: kubeconfigFile, name: contextName, to: v.pipe(contextName, v.minLength(1)) }),
  ),
  /** What making a context kubectl's current one would change (`kubectl config use-context`). Writes nothing. */
  'kubeconfig.previewCurrent': call<KubeconfigPreview>()(kubeContext),
  /** Changes that Minos made to a kubeconfig, newest first; each is undone by `kubeconfig.undo` with its id. */
  'kubeconfig.history': call<readonly ChangeSummary[]>()(v.strictObject({ file: kubeconfigFile })),
  /** Delete the old versions of a kubeconfig that are listed. The user is asked first: `cancelled` when they refuse. */
  'kubeconfig.forget': call<void>()(v.strictObject({ file: kubeconfigFile })),
  /**
   * Remove kubectl's lock beside a file, when it still is the one that was reported. The user is asked. `gone`: there was none
   * any more. `conflict` for another lock, `file-access` for what is no regular file; both are left alone.
   */
  'kubeconfig.removeLock': call<LockRemoval>()(v.strictObject({ file: kubeconfigFile })),
  /**
   * Choose another kubeconfig in the system's dialog: a file, a new file, or a folder, where it is called `kubeconfig`.
   * `cancelled` when the user did not.
   */
  'kubeconfig.choose': call<KubeconfigFile>()(v.strictObject({ kind: v.picklist(['file', 'new', 'folder']) })),
  /**
   * Whether the API server answers from this computer, and which other addresses of it do. Addresses that only the cluster
   * names are tried with `ask` alone, after the user confirmed them.
   */
  'kubeconfig.probe': call<KubeReachability>()(
    v.union([
      v.strictObject({ token, context: contextName, ask: v.optional(v.boolean()) }),
      v.strictObject({ entry: kubeContext, ask: v.optional(v.boolean()) }),
    ]),
  ),
} as const;

export type CallName = keyof typeof CALLS;
export type CallInput<N extends CallName> = v.InferOutput<(typeof CALLS)[N]['input']>;
export type CallOutput<N extends CallName> =
  NonNullable<(typeof CALLS)[N]['output']> extends never ? void : Exclude<(typeof CALLS)[N]['output'], undefined>;
