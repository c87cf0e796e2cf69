import type { Problem } from '../../../preload/contract/index.ts';
import { NO_CLUSTER, NO_USER, type ClusterFacts, type KubeContext, type UserFacts } from '../../kubeconfig/summary.ts';
import type { CertificatesByData } from './certificates-by-data.ts';
import type { KnownKubeconfig } from './kubeconfig-files.ts';
import { isRead } from './read-kubeconfig.ts';

/** An entry and the file that kubectl takes it from. */
interface From<T> {
  readonly facts: T;
  readonly file: KnownKubeconfig;
}

/** Clusters, users and contexts over all files that kubectl reads together: the first file that has a name wins it whole. */
export interface SeenByKubectl {
  readonly clusters: ReadonlyMap<string, From<ClusterFacts>>;
  readonly users: ReadonlyMap<string, From<UserFacts>>;
  readonly contexts: ReadonlyMap<string, From<KubeContext>>;
  /** As the first file says that says any; `''` when it names nothing. */
  readonly currentContext: string;
  /** The file whose current context names nothing, and that name. */
  readonly dangling?: { readonly file: KnownKubeconfig; readonly name: string };
}

/** Puts files together in the order given. Files that cannot be read count as empty. Pure. */
export function seenByKubectl(files: readonly KnownKubeconfig[]): SeenByKubectl {
  const clusters = new Map<string, From<ClusterFacts>>();
  const users = new Map<string, From<UserFacts>>();
  const contexts = new Map<string, From<KubeContext>>();
  let current: { readonly file: KnownKubeconfig; readonly name: string } | undefined;
  for (const file of files) {
    if (!isRead(file.content)) continue;
    for (const [name, facts] of file.content.clusters) if (!clusters.has(name)) clusters.set(name, { facts, file });
    for (const [name, facts] of file.content.users) if (!users.has(name)) users.set(name, { facts, file });
    for (const facts of file.content.contexts) if (!contexts.has(facts.name)) contexts.set(facts.name, { facts, file });
    if (file.content.currentContext !== '') current ??= { file, name: file.content.currentContext };
  }
  // What cannot be read may have it.
  const isDangling = current !== undefined && !contexts.has(current.name) && files.every((one) => isRead(one.content));
  return {
    clusters,
    users,
    contexts,
    currentContext: isDangling ? '' : (current?.name ?? ''),
    ...(isDangling && current && { dangling: current }),
  };
}

/** A context with its cluster and user from wherever kubectl takes them, and the facts of its file's certificates. */
export function resolvedContext(
  context: KubeContext,
  seen: SeenByKubectl,
): { readonly context: KubeContext; readonly facts: CertificatesByData } {
  const cluster = seen.clusters.get(context.cluster);
  const user = seen.users.get(context.user);
  return {
    context: { ...context, ...(cluster?.facts ?? NO_CLUSTER), ...(user?.facts ?? NO_USER) },
    facts: user?.file.facts ?? new Map(),
  };
}

/** Names spelled out in one problem. */
const MOST_NAMES = 5;

/** What kubectl does not take from a file, and what it cannot find. */
export function problemsSeen(file: KnownKubeconfig, seen: SeenByKubectl): readonly Problem[] {
  const problems: Problem[] = [];
  const { content } = file;
  if (!isRead(content)) return problems;
  for (const [section, word] of [
    ['clusters', 'cluster'],
    ['users', 'user'],
  ] as const) {
    const taken = [...content[section].keys()].flatMap((name) => {
      const winner = seen[section].get(name)?.file;
      return winner && winner.id !== file.id ? [{ name, path: winner.path }] : [];
    });
    const [first] = taken;
    if (!first) continue;
    const names = taken.slice(0, MOST_NAMES).map(({ name }) => name);
    const more = taken.length > names.length ? ` and ${taken.length - names.length} more` : '';
    problems.push({
      severity: 'warning',
      message: `kubectl takes the ${word}${taken.length === 1 ? '' : 's'} ${names.join(', ')}${more} from ${first.path}, which comes first in KUBECONFIG and has the same name; contexts of this file use that one.`,
      hint: `Give the ${word} another name in one of the files.`,
    });
  }
  if (seen.dangling?.file.id === file.id)
    problems.push({
      severity: 'warning',
      message: `The current context ${seen.dangling.name} names no context, so kubectl fails until another one is chosen.`,
      hint: 'Merge a kubeconfig, or choose one: kubectl config use-context NAME.',
    });
  return problems;
}
