const VALUE = /^export (?:abstract )?(?:async )?(?:function\*?|class|const|let) (\w+)/gm;
const WORD = /\w+/g;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;

/** How often each word stands in a text, comments left out. */
function countWords(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.replace(COMMENT, '').matchAll(WORD)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Whose exports are looked at, and who uses nothing for the product. */
export interface ExportOwners {
  readonly isOwn: (file: string) => boolean;
  readonly isTest: (file: string) => boolean;
}

/**
 * Functions, classes and constants that a file gives away and no other file names, and those that only tests use: what
 * neither another file of the product nor its own file needs is dead, however well it is tested. A value that its own file
 * needs may be exported for tests. Types are left out, they say what a function takes. `sources` are texts by path.
 */
export function deadExports(sources: ReadonlyMap<string, string>, { isOwn, isTest }: ExportOwners): readonly string[] {
  const words = new Map([...sources].map(([file, text]) => [file, countWords(text)] as const));
  const users = new Map<string, string[]>();
  for (const [file, counts] of words)
    for (const word of counts.keys()) {
      const known = users.get(word);
      if (known) known.push(file);
      else users.set(word, [file]);
    }
  return [...sources].flatMap(([file, text]) => {
    if (!isOwn(file)) return [];
    return [...text.matchAll(VALUE)].flatMap(([, name = '']) => {
      const others = (users.get(name) ?? []).filter((each) => each !== file);
      if (others.length === 0) return [`${file}: ${name} is exported and used nowhere else`];
      const isUsedHere = (words.get(file)?.get(name) ?? 0) > 1;
      if (isUsedHere || others.some((each) => !isTest(each))) return [];
      return [`${file}: ${name} is used by tests alone`];
    });
  });
}
