import type {
  WrittenChange,
  KubeconfigFile,
  KubeconfigState,
  KubeContextSummary,
  Problem,
} from '../../../preload/contract/index.ts';
import { maskAddresses } from '../../lib/proxy-address.ts';
import type { KnownFiles, KnownKubeconfig } from './kubeconfig-files.ts';
import { isRead } from './read-kubeconfig.ts';
import { problemsSeen, resolvedContext, seenByKubectl } from './seen-by-kubectl.ts';
import { sourceOf, type KubeconfigMemory, type TalosSource } from './source.ts';

/** Everything the state is made from. */
export interface StateParts {
  readonly known: KnownFiles;
  readonly talos: readonly TalosSource[];
  readonly memory: readonly KubeconfigMemory[];
  /** By path: what other programs did around our writes. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  readonly lastChange: WrittenChange | undefined;
  readonly nowMs: number;
}

/** One file as the page sees it. */
export function shownFile(file: KnownKubeconfig, known: KnownFiles, problems: readonly Problem[] = []): KubeconfigFile {
  return {
    id: file.id,
    path: file.path,
    origin: file.origin,
    exists: file.exists,
    isWritable: file.isWritable,
    isTarget: file.id === known.targetId,
    ...(isRead(file.content) ? {} : { failure: file.content }),
    problems: [...file.problems, ...problems],
    contextCount: isRead(file.content) ? file.content.contexts.length : 0,
  };
}

/** The state of all files. Pure; holds no key. */
export function kubeconfigState(parts: StateParts): KubeconfigState {
  const { known, talos, memory, problems, lastChange, nowMs } = parts;
  const together = seenByKubectl(known.files.filter(({ origin }) => origin !== 'chosen'));
  const seenWith = new Map(
    known.files.map((file) => [file.id, file.origin === 'chosen' ? seenByKubectl([file]) : together]),
  );
  const contexts = known.files.flatMap((file): readonly KubeContextSummary[] => {
    const seen = seenWith.get(file.id) ?? together;
    if (!isRead(file.content)) return [];
    return file.content.contexts.map((written) => {
      const { context, facts } = resolvedContext(written, seen);
      const winner = seen.contexts.get(context.name)?.file;
      const shadowedBy = winner === undefined || winner.id === file.id ? undefined : winner.path;
      const source = sourceOf(context, talos, memory);
      // In place means in this file.
      const isOwn = [seen.clusters.get(context.cluster), seen.users.get(context.user)].every(
        (one) => one?.file.id === file.id,
      );
      const certificate = context.signIn === 'certificate' ? facts.get(context.certificateData) : undefined;
      return {
        file: file.id,
        name: context.name,
        cluster: context.cluster,
        user: context.user,
        namespace: context.namespace,
        server: maskAddresses(context.server),
        signIn: context.signIn,
        ...(context.runs !== '' && { runs: context.runs }),
        ...(certificate && { certificate }),
        isCurrent: shadowedBy === undefined && context.name === seen.currentContext,
        ...(shadowedBy !== undefined && { shadowedBy }),
        ...(source && { source }),
        canRefresh: source !== undefined && certificate !== undefined && isOwn && file.isWritable,
      };
    });
  });
  return {
    files: known.files.map((file) =>
      shownFile(file, known, [
        ...problemsSeen(file, seenWith.get(file.id) ?? together),
        ...(problems.get(file.path) ?? []),
      ]),
    ),
    needsTarget: known.needsTarget,
    contexts,
    currentContext: together.currentContext,
    readAtMs: nowMs,
    ...(lastChange && { lastChange }),
  };
}
