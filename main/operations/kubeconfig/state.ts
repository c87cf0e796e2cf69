import type {
  KubeconfigChange,
  KubeconfigFile,
  KubeconfigState,
  KubeContextSummary,
  Problem,
} from '../../../preload/contract/index.ts';
import { maskAddresses } from '../../lib/proxy-address.ts';
import type { KnownFiles, KnownKubeconfig } from './kubeconfig-files.ts';
import { isRead } from './read-kubeconfig.ts';
import { sourceOf, type KubeconfigMemory, type TalosSource } from './source.ts';

/** Everything the state is made from. */
export interface StateParts {
  readonly known: KnownFiles;
  readonly talos: readonly TalosSource[];
  readonly memory: readonly KubeconfigMemory[];
  /** By path: what other programs did around our writes. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  readonly lastChange: KubeconfigChange | undefined;
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
  const read = known.files.filter(({ origin }) => origin !== 'chosen');
  const currentContext = read.map(currentOf).find((name) => name !== '') ?? '';
  const seen = new Map<string, string>();
  const contexts = known.files.flatMap((file): readonly KubeContextSummary[] => {
    if (!isRead(file.content)) return [];
    const isChosen = file.origin === 'chosen';
    return file.content.contexts.map((context) => {
      const shadowedBy = isChosen ? undefined : seen.get(context.name);
      if (!isChosen && shadowedBy === undefined) seen.set(context.name, file.path);
      const source = sourceOf(context, talos, memory);
      const certificate = context.signIn === 'certificate' ? file.facts.get(context.certificateData) : undefined;
      const own = isChosen ? currentOf(file) : currentContext;
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
        isCurrent: shadowedBy === undefined && context.name === own,
        ...(shadowedBy !== undefined && { shadowedBy }),
        ...(source && { source }),
        canRefresh: source !== undefined && certificate !== undefined && file.isWritable,
      };
    });
  });
  return {
    files: known.files.map((file) => shownFile(file, known, problems.get(file.path))),
    needsTarget: known.needsTarget,
    contexts,
    currentContext,
    readAtMs: nowMs,
    ...(lastChange && { lastChange }),
  };
}

const currentOf = ({ content }: KnownKubeconfig): string => (isRead(content) ? content.currentContext : '');
