import * as v from 'valibot';
import { call, contextName, filePath, newName, nothing, shortText, token } from '../call.ts';
import type { WrittenChange } from '../plans/changes.ts';
import type { DialPreview } from './contexts.ts';
import type { ImportPlan, ImportPreview } from './imports.ts';
import type { RenewalPlan } from './renewals.ts';

const addressList = v.pipe(v.array(v.pipe(v.string(), v.maxLength(1024))), v.maxLength(1000));

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

/** Calls about talosconfig files and their contexts. */
export const talosconfigCalls = {
  /** Work on another context in this window. Writes nothing. */
  'contexts.select': call<void>()(v.strictObject({ name: contextName })),
  /**
   * Mark the cluster of a context as production, or take the mark away: for every context with the same CA. Kept in Minos's
   * own settings; no file of the user is written.
   */
  'contexts.setProduction': call<void>()(v.strictObject({ context: contextName, isProduction: v.boolean() })),
  /** Read the talosconfig again now. */
  'config.reload': call<void>()(nothing),
  /** Look at files that were dropped (token of the drop). Writes nothing. */
  'import.fromDrop': call<ImportPreview>()(v.strictObject({ token })),
  /** Look at the clipboard; main reads it, the text never reaches the page. */
  'import.fromClipboard': call<ImportPreview>()(nothing),
  /** Choose files in the system's dialog. `cancelled` when the user did not. */
  'import.choose': call<ImportPreview>()(nothing),
  /**
   * Exactly what an import would change. Applying it asks the user before a text of the clipboard brings hosts that no
   * file of theirs names.
   */
  'import.plan': call<ImportPlan>()(importWish),
  /** Write the file's current context (`talosctl config context`). */
  'contexts.setCurrent': call<WrittenChange>()(v.strictObject({ context: contextName })),
  /** Gives a context another name in its file; a production mark goes with it. */
  'contexts.rename': call<WrittenChange>()(v.strictObject({ context: contextName, to: newName })),
  /** Takes a context out of its file, also the current one. */
  'contexts.remove': call<WrittenChange>()(v.strictObject({ context: contextName })),
  /** Asks the user before hosts are written that no open talosconfig or kubeconfig names: `cancelled` when they refuse. */
  'contexts.setEndpoints': call<WrittenChange>()(v.strictObject({ context: contextName, endpoints: addressList })),
  /** Writes the nodes that commands without a node are sent to; none removes them. */
  'contexts.setNodes': call<WrittenChange>()(v.strictObject({ context: contextName, nodes: addressList })),
  /** '' removes it. Asks the user before a proxy is written that no open talosconfig names. */
  'contexts.setProxyUrl': call<WrittenChange>()(v.strictObject({ context: contextName, proxyUrl: shortText })),
  /** '' removes it. */
  'contexts.setCluster': call<WrittenChange>()(v.strictObject({ context: contextName, cluster: shortText })),
  /**
   * A new context from certificate files that the user chooses in dialogs (`talosctl config add`). Asks the user before
   * new hosts are written.
   */
  'contexts.add': call<WrittenChange>()(
    v.strictObject({ name: newName, endpoints: addressList, nodes: addressList, withFiles: v.boolean() }),
  ),
  /** What would be dialled for endpoints as written. Nothing is dialled or looked up. */
  'contexts.dialPreview': call<readonly DialPreview[]>()(v.strictObject({ endpoints: addressList })),
  /**
   * Ask the cluster for a new certificate with the same roles; the answer is a plan for `plans.apply`. Writes nothing.
   * `credentials` when it has expired.
   */
  'contexts.renew': call<RenewalPlan>()(v.strictObject({ context: contextName })),
  /**
   * A scoped talosconfig from the cluster, saved where the user says (`talosctl config new`). For more than a year the
   * user is asked first.
   */
  'contexts.issue': call<WrittenChange>()(
    v.strictObject({
      context: contextName,
      roles: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.minLength(1), v.maxLength(10)),
      hours: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(87_600)),
    }),
  ),
  /** Open another talosconfig beside the primary one, chosen in the system's dialog. Remembered. */
  'talosconfigs.open': call<void>()(nothing),
  /** Closes a talosconfig that was opened beside the primary one, and forgets it. The file stays. */
  'talosconfigs.close': call<void>()(v.strictObject({ file: filePath })),
  /** Set the file's mode to 0600. */
  'talosconfigs.makePrivate': call<void>()(v.strictObject({ file: filePath })),
} as const;
