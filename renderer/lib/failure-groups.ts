import type { Failure } from '../../preload/contract/failure.ts';

export interface FailureGroup {
  readonly key: string;
  readonly failure: Failure;
  readonly nodes: readonly string[];
}

/** Something that failed, or did not. */
interface Failing {
  readonly node: string;
  readonly failure?: Failure | undefined;
}

/**
 * Nodes that failed in the same way, so that a hundred nodes behind one broken switch are one card. Two failures are the
 * same when their words are, once the node's own name and address are left out. In words about a node the endpoint that
 * says them does not matter either; in words about an endpoint it is what matters.
 */
export function groupFailures(nodes: readonly Failing[], nameOf: (node: string) => string): readonly FailureGroup[] {
  const groups = new Map<string, { failure: Failure; nodes: string[] }>();
  for (const { node, failure } of nodes) {
    if (!failure) continue;
    const names = [node, nameOf(node), failure.where?.node ?? node];
    const words = names.reduce((text, name) => text.replaceAll(name, '…'), failure.message);
    const key = `${failure.code} ${words === failure.message ? words : withoutEndpoint(words, failure)}`;
    const group = groups.get(key);
    if (group) group.nodes.push(node);
    else groups.set(key, { failure, nodes: [node] });
  }
  return [...groups].map(([key, group]) => ({ key, ...group })).sort((a, b) => b.nodes.length - a.nodes.length);
}

/** Whether the words of a failure name a node, so that nobody has to name it before them. The start of a longer name does not. */
export function namesNode({ message }: Failure, name: string): boolean {
  return message.split(/[^\w.:-]+/).some((word) => word.replace(/[.:]+$/, '') === name);
}

function withoutEndpoint(words: string, { where }: Failure): string {
  return where?.endpoint === undefined ? words : words.replaceAll(where.endpoint, '…');
}
