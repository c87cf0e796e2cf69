import type { ResourceTypeSummary } from '../../../preload/contract/index.ts';

/** `Members` of `Members.cluster.talos.dev`. */
export function shortTypeName(type: string): string {
  return type.split('.')[0] ?? type;
}

/**
 * Types whose name, alias or namespace hold every word of the text. Those that are called so come first, as `members`
 * means Members and not EtcdMembers; then those that begin so.
 */
export function findTypes(types: readonly ResourceTypeSummary[], text: string): readonly ResourceTypeSummary[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return types;
  const found = types.filter(({ type, namespace, aliases }) => {
    const all = `${type} ${namespace} ${aliases.join(' ')}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  return found.toSorted((a, b) => rank(a, first) - rank(b, first));
}

function rank({ type, aliases }: ResourceTypeSummary, word: string): number {
  const names = [type.toLowerCase(), shortTypeName(type).toLowerCase(), ...aliases];
  if (names.includes(word)) return 0;
  return names.some((name) => name.startsWith(word)) ? 1 : 2;
}
