import * as v from 'valibot';
import { call, contextName, newName, nothing, shortText, token } from '../call.ts';
import {
  KUBECONFIG_CHOICES,
  type FetchedKubeconfigs,
  type KubeReachability,
  type KubeconfigFile,
  type KubeconfigLines,
  type KubeconfigPreview,
  type LockRemoval,
  type OpenedKubeconfigs,
} from './kubeconfig.ts';
import type { ChangeSummary } from '../plans/changes.ts';

const kubeconfigFile = v.pipe(v.string(), v.maxLength(64));

const kubeContext = v.strictObject({ file: kubeconfigFile, name: contextName });

/** Calls about kubeconfig files. */
export const kubeconfigCalls = {
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
  /**
   * What merging a fetched or opened kubeconfig would change: a plan for `plans.apply`, as every other preview of kubeconfigs
   * is. Writes nothing. Applying one fails with `precondition` while lines that would be added were not sent to the page, and with `conflict`
   * (`where.field` is `lock`) while kubectl's lock is held.
   */
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
  /** What giving a context another name would change (`kubectl config rename-context`). Writes nothing. */
  'kubeconfig.previewRename': call<KubeconfigPreview>()(
    v.strictObject({ file: kubeconfigFile, name: contextName, to: v.pipe(contextName, v.minLength(1)) }),
  ),
  /** What making a context kubectl's current one would change (`kubectl config use-context`). Writes nothing. */
  'kubeconfig.previewCurrent': call<KubeconfigPreview>()(kubeContext),
  /** Changes that Minos made to a kubeconfig, newest first; each is undone by `plans.undo` with its id. */
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
