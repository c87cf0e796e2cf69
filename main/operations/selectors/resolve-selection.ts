import { isIP } from 'node:net';
import type { NodeGroup, NodeSummary, ResolvedNodes, SelectionProblem } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';
import { visible } from '../../lib/visible.ts';
import { checkedNode } from '../../talos/node-value.ts';
import { isPattern, patternTest, type GlobBudget } from './glob.ts';
import { nearWord } from './near-word.ts';

/** Words with a meaning of their own. A machine that is called like one is reached by its address or a pattern. */
const SELECTORS: Readonly<Record<string, (node: NodeSummary) => boolean>> = {
  all: () => true,
  controlplane: ({ role }) => role === 'controlplane',
  controlplanes: ({ role }) => role === 'controlplane',
  workers: ({ role }) => role === 'worker',
  worker: ({ role }) => role === 'worker',
};

/** Groups may name groups; deeper than this is a circle. */
const MAX_DEPTH = 8;
/** Names and signs that one selection may have compared: some 50 ms. A thousand nodes and a hundred patterns take half. */
const MAX_STEPS = 10_000_000;
/** Most words of a selection that problems are told of. */
const MAX_PROBLEMS = 100;

/**
 * Turns a selection text into nodes. Words are parted by commas or spaces: `all`, `controlplane`, `workers`, `@group`, a
 * pattern (`worker-*`, `10.5.0.?`), a name or an address; `!word` takes nodes away that words before it chose. Each
 * machine comes once, under whatever name it was chosen first. An address or a name with dots that nobody knows is a typed
 * node: whether it exists, the endpoint will say; so is a bare name while no nodes are known. Otherwise a word that means
 * nothing is a slip, and nothing is chosen: a part of what was meant may be its opposite. Offline nodes are chosen like
 * all others.
 */
export function resolveSelection(
  text: string,
  known: readonly NodeSummary[],
  groups: readonly NodeGroup[] = [],
): ResolvedNodes {
  const resolver = new Resolver(new Known(known, groups));
  resolver.addText(text, 0);
  if (resolver.isTooMuch) return { nodes: [], problems: [{ word: shortened(text), message: TOO_MUCH }] };
  const nodes = resolver.isSlip ? [] : [...resolver.chosen.values()];
  return { nodes, problems: resolver.problems };
}

/** None are chosen then: a part of a selection may be the opposite of what was meant. */
const TOO_MUCH = 'This selection is too much to be resolved: nothing is chosen. Write fewer words or shorter patterns.';

/** Nodes and groups by name, and what may still be done with them. */
class Known {
  readonly nodes: readonly NodeSummary[];
  readonly byName = new Map<string, NodeSummary>();
  readonly groups: ReadonlyMap<string, NodeGroup>;
  readonly budget: GlobBudget = { left: MAX_STEPS };

  constructor(nodes: readonly NodeSummary[], groups: readonly NodeGroup[]) {
    this.nodes = nodes;
    this.groups = new Map(groups.map((group) => [group.name, group]));
    for (const node of nodes) {
      for (const name of namesOf(node))
        if (!this.byName.has(name.toLowerCase())) this.byName.set(name.toLowerCase(), node);
    }
  }

  /** The cluster has named its nodes. */
  get isDiscovered(): boolean {
    return this.nodes.some(({ sources }) => sources.includes('discovered'));
  }

  /** For a bare name that no node has. */
  noSuchName(word: string): string {
    const groups = [...this.groups.keys()].map((name) => `@${name}`);
    const names = this.nodes.flatMap(({ hostname, target }) => hostname ?? target);
    const meant = this.groups.has(word) ? `@${word}` : nearWord(word, [...Object.keys(SELECTORS), ...groups, ...names]);
    const question =
      meant === undefined ? 'Names of other machines are written as addresses.' : `Did you mean ${shortened(meant)}?`;
    return `No node is called "${shortened(word)}", so nothing is chosen. ${question}`;
  }
}

class Resolver {
  /** By identity. */
  readonly chosen = new Map<string, NodeSummary>();
  readonly problems: SelectionProblem[] = [];
  /** A word means nothing: nothing is chosen. */
  isSlip = false;
  readonly #known: Known;

  constructor(known: Known) {
    this.#known = known;
  }

  get isTooMuch(): boolean {
    return this.#known.budget.left <= 0;
  }

  addText(text: string, depth: number): void {
    for (const word of text.split(/[\s,]+/)) {
      this.#known.budget.left -= word.length + 1;
      if (this.isTooMuch) return;
      if (word !== '') this.#addWord(word, depth);
    }
  }

  #addWord(word: string, depth: number): void {
    if (word.startsWith('!!')) {
      return this.#slip(word, `"${shortened(word)}" begins with more than one "!": one takes nodes away.`);
    }
    if (word.startsWith('!')) return this.#takeAway(word, depth);
    if (word.startsWith('@')) return this.#addGroup(word, depth);
    const matches = this.#knownBy(word);
    if (matches === undefined) return this.#addTyped(word);
    if (matches.length === 0) this.#slip(word, sentenceForNothing(word, this.#known.nodes.length));
    for (const node of matches) this.#choose(node);
  }

  /** Known nodes a selector, pattern or name means; undefined when the word is just a name nobody knows. */
  #knownBy(word: string): readonly NodeSummary[] | undefined {
    const lower = word.toLowerCase();
    const selector = Object.hasOwn(SELECTORS, lower) ? SELECTORS[lower] : undefined;
    const { nodes, byName, budget } = this.#known;
    if (selector !== undefined) {
      budget.left -= nodes.length;
      return nodes.filter(selector);
    }
    if (isPattern(word)) {
      const test = patternTest(word, budget);
      return nodes.filter((node) => namesOf(node).some(test));
    }
    const node = byName.get(lower);
    return node === undefined ? undefined : [node];
  }

  #takeAway(word: string, depth: number): void {
    if (depth >= MAX_DEPTH) return this.#slip(word, `"${shortened(word)}" takes away from what is taken away.`);
    const inner = new Resolver(this.#known);
    inner.addText(word.slice(1), depth + 1);
    const before = this.chosen.size;
    for (const key of inner.chosen.keys()) this.chosen.delete(key);
    const [slip] = inner.isSlip ? inner.problems : [];
    if (slip) this.#slip(word, slip.message);
    else if (this.chosen.size !== before || this.isSlip) return;
    // Nodes that were not chosen need no taking away; a word for nobody may have been meant for somebody.
    else if ([...inner.chosen.values()].some(({ sources }) => !sources.every((source) => source === 'typed')))
      this.#problem(word, `"${shortened(word)}" takes no node away.`);
    else this.#slip(word, `"${shortened(word)}" takes no node away: nothing is chosen.`);
  }

  #addGroup(word: string, depth: number): void {
    const group = this.#known.groups.get(word.slice(1));
    if (group === undefined)
      this.#slip(word, `There is no saved group "${shortened(word.slice(1))}" for this context.`);
    else if (depth >= MAX_DEPTH) this.#slip(word, `The group ${group.name} names itself, over others.`);
    else this.addText(group.selection, depth + 1);
  }

  #addTyped(word: string): void {
    try {
      const target = checkedNode(word);
      // All digits and dots, and no address: IPv6 has colons.
      if (/^[\d.]+$/.test(word) && isIP(word) === 0) return this.#slip(word, `"${shortened(word)}" is no address.`);
      if (!/[.:]/.test(word) && this.#known.isDiscovered) return this.#slip(word, this.#known.noSuchName(word));
      this.#choose({ target, addresses: [], role: 'unknown', sources: ['typed'] });
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      this.#slip(word, error.failure.message);
    }
  }

  #choose(node: NodeSummary): void {
    const key = (node.hostname ?? node.target).toLowerCase();
    if (!this.chosen.has(key)) this.chosen.set(key, node);
  }

  #slip(word: string, message: string): void {
    this.isSlip = true;
    this.#problem(word, message);
  }

  #problem(word: string, message: string): void {
    if (this.problems.length >= MAX_PROBLEMS) return;
    if (!this.problems.some((problem) => problem.word === word)) this.problems.push({ word, message });
  }
}

/** A word as a sentence may hold it. */
const shortened = (text: string): string => visible(text.length > 60 ? `${text.slice(0, 60)}…` : text);

const namesOf = ({ target, hostname, addresses }: NodeSummary): readonly string[] =>
  hostname === undefined ? [target, ...addresses] : [target, hostname, ...addresses];

function sentenceForNothing(word: string, knownCount: number): string {
  if (knownCount === 0) return `"${shortened(word)}" matches nothing: no nodes are known yet.`;
  if (isPattern(word)) return `"${shortened(word)}" matches none of the ${knownCount} known nodes.`;
  return `None of the ${knownCount} known nodes is one of "${shortened(word)}".`;
}
