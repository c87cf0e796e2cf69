/** What stands about one entry of a table of the contract. */
export interface ContractEntry {
  /** The doc comment right above it, as one line. */
  readonly says: string;
  /** The type of its result, as it is written. */
  readonly answers: string;
}

/**
 * The entry of this name in the sources of a table, one per subject. Throws an Error for a name that none of them has, and
 * for one without a comment of its own.
 */
export function contractEntry(sources: readonly string[], name: string): ContractEntry {
  const key = /^\w+$/.test(name) ? name : `'${name}'`;
  const start = `\n  ${key}: call<`;
  const text = sources.find((source) => source.includes(start));
  if (text === undefined) throw new Error(`${name} stands in no table of the contract`);
  const at = text.indexOf(start);
  const comments = [...text.slice(0, at).matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\//g)];
  const above = comments.at(-1);
  if (above === undefined || above.index + above[0].length !== at) throw new Error(`${name} has no comment above it`);
  const says = (above[1] ?? '').replace(/\s*\n\s*\*\s?/g, ' ').trim();
  const from = at + start.length;
  return { says, answers: text.slice(from, text.indexOf('>()', from)) };
}
