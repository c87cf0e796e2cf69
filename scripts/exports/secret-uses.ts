/** How often a file may take a value out of its Secret, and why there. A new place needs a reason of its own. */
const MAY_REVEAL: Readonly<Record<string, readonly [most: number, why: string]>> = {
  'main/credentials/identity.ts': [1, 'the key goes to TLS'],
  'main/credentials/vault.ts': [1, 'what is sealed'],
  'main/credentials/closed-credentials.ts': [1, 'credentials go to their check'],
  'main/credentials/credentials-stamp.ts': [1, 'a hash that tells whether credentials changed'],
  'main/text-work/text-workers.ts': [5, 'a text is opened where it is worked on'],
  'main/text-work/crossing.ts': [1, 'what crosses to a thread'],
  'main/talosconfig/import-sources.ts': [1, 'a part that is looked at'],
  'main/talosconfig/talosconfig-edit.ts': [8, 'what is written into a file'],
  'main/operations/talosconfigs/sealing.ts': [1, 'a key that is read from the keychain'],
  'main/operations/talosconfigs/named-hosts.ts': [1, 'the addresses of what is imported'],
  'main/operations/talosconfigs/imports.ts': [1, 'the length of what is held'],
  'main/operations/machine-configs/machine-configs.ts': [2, 'a secret that the user asked to see; a patch is applied'],
  'main/operations/machine-configs/config-hash.ts': [1, 'a hash that tells whether a config changed'],
  'main/operations/machine-configs/compare-nodes.ts': [1, 'the length of what is held'],
  'main/operations/machine-configs/kept-configs.ts': [1, 'what is sealed'],
  'main/operations/deeds/config/config-turn.ts': [1, 'a config goes to its machine'],
  'main/operations/deeds/config/rehearse.ts': [1, 'a config goes to its machine, which only says what it thinks of it'],
  'main/operations/kubeconfig/previews.ts': [5, 'texts are compared, and those that are merged go to text-work'],
  'main/operations/kubeconfig/writer.ts': [4, 'what is written into a file'],
  'main/operations/kubeconfig/kubeconfigs.ts': [1, 'the length of what is held'],
  'main/operations/kubeconfig/opened.ts': [1, 'a part that is looked at'],
};

const REVEAL = /\.reveal\(\)/g;

/** Files of main that take values out of a Secret and are not listed, or do so more or less often, each as a sentence. */
export function secretUses(
  sources: ReadonlyMap<string, string>,
  mayReveal: Readonly<Record<string, readonly [most: number, why: string]>> = MAY_REVEAL,
): readonly string[] {
  const found = new Map(
    [...sources].flatMap(([file, text]) => {
      const count = file.startsWith('main/') ? (text.match(REVEAL)?.length ?? 0) : 0;
      return count === 0 ? [] : [[file, count] as const];
    }),
  );
  const files = new Set([...found.keys(), ...Object.keys(mayReveal)]);
  return [...files].flatMap((file) => {
    const [count, most] = [found.get(file) ?? 0, mayReveal[file]?.[0] ?? 0];
    if (count > most)
      return [`${file}: reveals ${count} secrets where ${most} are allowed (scripts/exports/secret-uses.ts)`];
    return count < most
      ? [`${file}: reveals ${count} secrets; lower its ${most} in scripts/exports/secret-uses.ts`]
      : [];
  });
}
