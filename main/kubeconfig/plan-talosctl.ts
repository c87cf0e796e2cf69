import { freeName } from '../lib/free-name.ts';
import type { PlainMap } from '../yaml/plain-value.ts';
import { textOf, type KubeEntry, type Kubeconfig } from './kubeconfig.ts';
import type { EntryChange, KubeconfigPlan, OnTaken } from './plan.ts';
import { isSameEntry } from './same-entry.ts';
import type { KubeconfigEdit } from './edit-kubeconfig.ts';

/** What talosctl asks about: the component's word and the name it shows. */
export type DecideTaken = (component: 'cluster' | 'auth' | 'context', name: string) => OnTaken;

/** Options of {@link planTalosctlMerge}. */
export interface TalosctlOptions {
  /** Called for every conflict; `--force` answers `overwrite`, a pipe `rename`. */
  readonly decide: DecideTaken;
  /** talosctl always does. */
  readonly activate: boolean;
  /** `--force-context-name`. */
  readonly contextName?: string;
}

type Lists = Record<'clusters' | 'users' | 'contexts', Map<string, PlainMap>>;

/**
 * Merges as `talosctl kubeconfig` does, its quirks included (docs/talos-behaviour.md §4.4): names are mapped by replacing
 * parts of texts, whatever is called the same and differs is asked about or renamed, contexts among the contexts (Talos
 * 1.13.9 and later), and the merged context becomes current.
 */
export function planTalosctlMerge(target: Kubeconfig, incoming: Kubeconfig, options: TalosctlOptions): KubeconfigPlan {
  const edits: KubeconfigEdit[] = [];
  const changes: EntryChange[] = [];
  const old: Lists = {
    clusters: valuesOf(target.clusters),
    users: valuesOf(target.users),
    contexts: valuesOf(target.contexts),
  };
  const put = (section: keyof Lists, incomingName: string, name: string, value: PlainMap): void => {
    const before = old[section].get(name);
    const isKept = before !== undefined && isSameEntry(before, value);
    const action = before === undefined ? 'added' : isKept ? 'kept' : 'replaced';
    changes.push({ section, action, name, ...(name === incomingName ? {} : { incomingName }) });
    if (!isKept) edits.push({ kind: 'put', section, name, value });
  };

  const clusterNames = new Map<string, string>();
  for (const { name, value } of incoming.clusters.values()) {
    clusterNames.set(
      name,
      decideName(old.clusters, name, value, () => options.decide('cluster', name)),
    );
  }
  const userNames = new Map<string, string>();
  for (const { name, value } of incoming.users.values()) {
    const mapped = replaceParts(name, clusterNames);
    userNames.set(
      name,
      decideName(old.users, mapped, value, () => options.decide('auth', name)),
    );
  }
  const contextNames = new Map<string, string>();
  for (const { name, value } of incoming.contexts.values()) {
    const mapped = options.contextName ?? replaceParts(name, userNames);
    contextNames.set(
      name,
      decideName(old.contexts, mapped, value, () => options.decide('context', name)),
    );
  }

  for (const { name, value } of incoming.clusters.values())
    put('clusters', name, clusterNames.get(name) ?? name, value);
  for (const { name, value } of incoming.users.values()) put('users', name, userNames.get(name) ?? name, value);
  let contextName: string | undefined;
  for (const { name, value } of incoming.contexts.values()) {
    contextName = contextNames.get(name) ?? name;
    put('contexts', name, contextName, rewired(value, clusterNames, userNames));
  }
  if (options.activate && contextName !== undefined && contextName !== target.currentContext)
    edits.push({ kind: 'current', name: contextName });
  return { edits, changes, ...(contextName === undefined ? {} : { contextName }), notes: [] };
}

const valuesOf = (entries: ReadonlyMap<string, KubeEntry>): Map<string, PlainMap> =>
  new Map([...entries].map(([name, { value }]) => [name, value]));

function decideName(taken: ReadonlyMap<string, PlainMap>, name: string, value: PlainMap, ask: () => OnTaken): string {
  const before = taken.get(name);
  if (before === undefined || isSameEntry(before, value) || ask() === 'overwrite') return name;
  return freeName(name, (one) => taken.has(one));
}

function replaceParts(name: string, mapping: ReadonlyMap<string, string>): string {
  let result = name;
  for (const [from, to] of mapping) if (from !== '') result = result.replaceAll(from, () => to);
  return result;
}

/** A context whose references follow the mappings. */
export function rewired(
  context: PlainMap,
  clusters: ReadonlyMap<string, string>,
  users: ReadonlyMap<string, string>,
): PlainMap {
  const result = new Map(context);
  const [cluster, user] = [textOf(context.get('cluster')), textOf(context.get('user'))];
  if (context.has('cluster')) result.set('cluster', clusters.get(cluster) ?? cluster);
  if (context.has('user')) result.set('user', users.get(user) ?? user);
  return result;
}
