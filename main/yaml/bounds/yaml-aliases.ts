import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair } from 'yaml';

/** What aliases may make of a file: as much as one without them may hold. */
const MAX_WRITTEN_LENGTH = 32 * 1024 * 1024;
/** Names, values, lists and mappings of a file when every alias is written out. 10,000 contexts have some 200,000. */
const MAX_WRITTEN_NODES = 1_000_000;

/** What the aliases of a document stand for. */
export interface FoundAliases {
  /** What each alias (`*name`) stands for. */
  readonly aliases: ReadonlyMap<Node, Node>;
  /** An alias of something that was not defined before it. */
  readonly unknown: Node | undefined;
  /** Where the document, written out, gets larger than any file may be. */
  readonly tooLarge: Node | undefined;
}

/** What the documents of one text are together when their aliases are written out. */
export class WrittenBudget {
  #length = 0;
  #nodes = 0;

  /** True when a document of this weight, beside those before it, is more than any file may be. */
  isPassedBy({ length, nodes }: Weight): boolean {
    return this.#length + length > MAX_WRITTEN_LENGTH || this.#nodes + nodes > MAX_WRITTEN_NODES;
  }

  /** Counts a document. */
  add({ length, nodes }: Weight): void {
    this.#length += length;
    this.#nodes += nodes;
  }
}

/** What a node is when it is written out. */
interface Weight {
  readonly length: number;
  readonly nodes: number;
}

/**
 * One walk in document order: an alias names the last anchor of that name before it (the library walks once per alias).
 * What each stands for is added up, aliases of aliases included, so that a small file cannot become a large one: nor can one
 * of many documents, which share the budget.
 */
export function findAliases(document: Document.Parsed, budget: WrittenBudget): FoundAliases {
  const anchors = new Map<string, Node>();
  const aliases = new Map<Node, Node>();
  const weights = new Map<Node, Weight>();
  let unknown: Node | undefined;
  let tooLarge: Node | undefined;

  const weigh = (node: Node | null): Weight => {
    if (node === null) return EMPTY;
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === undefined) {
        unknown ??= node;
        return EMPTY;
      }
      aliases.set(node, target);
      // Part of itself: whoever follows it must see that; it has no end that could be counted.
      return weights.get(target) ?? EMPTY;
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    const weight = isScalar(node) ? { length: lengthOf(node), nodes: 1 } : weighItems(node);
    if (node.anchor !== undefined) weights.set(node, weight);
    return weight;
  };
  const weighItems = (node: Node): Weight => {
    let length = 2;
    let nodes = 1;
    const add = (part: Node | null): void => {
      const more = weigh(part);
      length += more.length + 2;
      nodes += more.nodes;
      if (budget.isPassedBy({ length, nodes })) tooLarge ??= part ?? node;
    };
    if (isMap(node)) {
      for (const { key, value } of node.items as Pair<Node | null, Node | null>[]) {
        add(key);
        add(value);
      }
    } else if (isSeq(node)) for (const item of node.items as (Node | null)[]) add(item);
    return { length, nodes };
  };
  budget.add(weigh(document.contents));
  return { aliases, unknown, tooLarge };
}

const EMPTY: Weight = { length: 0, nodes: 1 };

function lengthOf({ range }: Node): number {
  return range ? range[1] - range[0] : 0;
}
