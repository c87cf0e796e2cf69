import type { Exported } from './exported.ts';

/** Names that more than one file declares and exports, each as a sentence: a reader can not know which of them is meant. */
export function exportedTwice(all: readonly Exported[]): readonly string[] {
  const files = new Map<string, string[]>();
  for (const { name, file } of all) files.set(name, [...(files.get(name) ?? []), file]);
  return [...files]
    .filter(([, each]) => each.length > 1)
    .map(([name, each]) => `${name} is exported by ${each.length} files: ${each.join(', ')}`);
}
