import type { KubeEntryChange, Problem } from '../../../preload/contract/index.ts';
import type { Section } from '../../kubeconfig/kubeconfig.ts';
import type { NamesElsewhere } from '../../kubeconfig/plan-merge.ts';
import type { UsedElsewhere } from '../../kubeconfig/plan-removal.ts';
import type { KnownFiles, KnownKubeconfig } from './kubeconfig-files.ts';
import { isRead } from './read-kubeconfig.ts';

/** Files that kubectl reads together with this one, in its order; one that it does not read by itself is alone. */
export const readTogether = ({ files }: KnownFiles, file: KnownKubeconfig): readonly KnownKubeconfig[] =>
  file.origin === 'chosen' ? [file] : files.filter(({ origin }) => origin !== 'chosen');

/** Those of them that win where this one has the same name. */
export function earlierThan(known: KnownFiles, file: KnownKubeconfig): readonly KnownKubeconfig[] {
  const together = readTogether(known, file);
  return together.slice(0, together.indexOf(file));
}

const others = (known: KnownFiles, file: KnownKubeconfig): readonly KnownKubeconfig[] =>
  readTogether(known, file).filter(({ id }) => id !== file.id);

/** Names that other files have, each with the first file that has it. */
export function namesElsewhere(known: KnownFiles, file: KnownKubeconfig): NamesElsewhere {
  const names = {
    clusters: new Map<string, string>(),
    users: new Map<string, string>(),
    contexts: new Map<string, string>(),
  };
  for (const other of others(known, file)) {
    if (!isRead(other.content)) continue;
    for (const section of ['clusters', 'users', 'contexts'] as const)
      for (const name of other.content.names[section])
        if (!names[section].has(name)) names[section].set(name, other.path);
  }
  return names;
}

/** What contexts of other files refer to. */
export function usedElsewhere(known: KnownFiles, file: KnownKubeconfig): UsedElsewhere {
  const clusters = new Set<string>();
  const users = new Set<string>();
  for (const { content } of others(known, file)) {
    if (!isRead(content)) continue;
    for (const name of content.references.clusters) clusters.add(name);
    for (const name of content.references.users) users.add(name);
  }
  return { clusters, users };
}

const WORD: Readonly<Record<Section, string>> = { clusters: 'cluster', users: 'user', contexts: 'context' };

/** Where kubectl will not see what is merged, because an earlier file has the same name or its own current context. */
export function shadowNotes(
  known: KnownFiles,
  file: KnownKubeconfig,
  entries: readonly KubeEntryChange[],
  setsCurrent: boolean,
): readonly Problem[] {
  const notes: Problem[] = [];
  if (file.origin === 'chosen') {
    notes.push({
      severity: 'warning',
      message: 'kubectl does not read this file by itself.',
      hint: `Name it: kubectl --kubeconfig ${file.path}, or add it to KUBECONFIG.`,
    });
    return notes;
  }
  const earlier = earlierThan(known, file);
  for (const { section, action, name } of entries) {
    if (action === 'removed') continue;
    const winner = earlier.find(({ content }) => isRead(content) && content.names[section].includes(name));
    if (!winner) continue;
    notes.push({
      severity: 'warning',
      message: `kubectl takes the ${WORD[section]} ${name} from ${winner.path}, which comes first in KUBECONFIG.`,
      hint: 'Merge into that file, or give the context another name.',
    });
  }
  const current = setsCurrent && earlier.find(({ content }) => isRead(content) && content.currentContext !== '');
  if (current) {
    notes.push({
      severity: 'warning',
      message: `kubectl takes the current context from ${current.path}, which comes first in KUBECONFIG.`,
    });
  }
  return notes;
}
