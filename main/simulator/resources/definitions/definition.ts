/** A print column: its title and the JSONPath over the spec. */
export type DefinedColumn = readonly [name: string, jsonPath: string];

/** What a node says about a resource type before anybody asks for its resources. */
export interface Definition {
  /** Full name: `Members.cluster.talos.dev`. */
  readonly type: string;
  readonly namespace: string;
  /** The aliases its authors declared, without those that follow from the name. */
  readonly declaredAliases: readonly string[];
  /** Its authors want no other aliases than the declared ones. */
  readonly onlyDeclaredAliases: boolean;
  /** Needs os:admin. */
  readonly sensitive: boolean;
  readonly columns: readonly DefinedColumn[];
}

/** `Members` of `Members.cluster.talos.dev`. */
const plural = (type: string): string => type.split('.')[0] ?? type;

/** One of them, as the runtime shows it in tables: `Member`. */
export function displayName(type: string): string {
  const name = plural(type);
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`;
  if (/(ss|us|x|ch|sh)es$/.test(name)) return name.slice(0, -2);
  return name.replace(/s$/, '');
}

/** Declared aliases, the singular, and the capitals (with an `s`, unless they end in one). May repeat each other. */
export function aliasesOf({ type, declaredAliases, onlyDeclaredAliases }: Definition): readonly string[] {
  if (onlyDeclaredAliases) return declaredAliases;
  const capitals = plural(type).replace(/[^A-Z]/g, '');
  const short = capitals.length < 2 ? [] : capitals.endsWith('S') ? [capitals] : [capitals, `${capitals}s`];
  return [...declaredAliases, displayName(type).toLowerCase(), ...short.map((alias) => alias.toLowerCase())];
}

/** Everything a user may type for it: also the plural, alone and with each longer part of its suffix. */
export function allAliasesOf(definition: Definition): readonly string[] {
  const aliases = aliasesOf(definition);
  if (definition.onlyDeclaredAliases) return aliases;
  const [name = '', ...suffix] = definition.type.split('.');
  const longer = suffix.slice(0, -1).map((_part, index) => [name, ...suffix.slice(0, index + 1)].join('.'));
  return [name, ...longer].map((alias) => alias.toLowerCase()).concat(aliases);
}
