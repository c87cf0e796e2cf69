const VALUE = /^export (?:abstract )?(?:async )?(?:function\*?|class|const|let) (\w+)/gm;
const WORD = /\w+/g;

/**
 * Functions, classes and constants that a file gives away and no other file names, tests and scripts included: each as
 * `file: name`. Types are left out, they say what a function takes. `sources` are texts by path; `own` says whose exports
 * are looked at.
 */
export function deadExports(sources: ReadonlyMap<string, string>, own: (file: string) => boolean): readonly string[] {
  const users = new Map<string, Set<string>>();
  for (const [file, text] of sources) {
    for (const [word] of text.matchAll(WORD)) users.set(word, (users.get(word) ?? new Set<string>()).add(file));
  }
  return [...sources].flatMap(([file, text]) =>
    own(file)
      ? [...text.matchAll(VALUE)]
          .map(([, name = '']) => name)
          .filter((name) => (users.get(name)?.size ?? 0) < 2)
          .map((name) => `${file}: ${name} is exported and used nowhere else`)
      : [],
  );
}
