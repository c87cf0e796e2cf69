import type { OpenSource } from '../open-lens.svelte.ts';
import { shortSourceWord, sourceWord } from '../sources/source-words.ts';

const MOST_NODE = 16;
const MOST_WORD = 20;

/** What is said of its source beside a line. */
export interface SourceLabel {
  readonly node: string;
  readonly word: string;
  readonly whole: string;
  readonly colour: number;
}

/** Labels by number of source, and how wide their columns are, in characters: 0 for one that would say the same everywhere. */
export interface SourceColumns {
  readonly labels: ReadonlyMap<number, SourceLabel>;
  readonly nodeLength: number;
  readonly wordLength: number;
}

/** The columns that tell the sources of a lens apart. */
export function sourceColumns(sources: readonly OpenSource[], nameOf: (node: string) => string): SourceColumns {
  const labels = new Map(
    sources.map(({ number, wish, colour }): [number, SourceLabel] => {
      const node = nameOf(wish.node);
      return [number, { node, word: shortSourceWord(wish), whole: `${node} ${sourceWord(wish)}`, colour }];
    }),
  );
  const all = [...labels.values()];
  return {
    labels,
    // Two nodes may have one name.
    nodeLength: lengthOf(
      all.map(({ node }) => node),
      new Set(sources.map(({ wish }) => wish.node)).size,
      MOST_NODE,
    ),
    wordLength: lengthOf(
      all.map(({ word }) => word),
      new Set(all.map(({ word }) => word)).size,
      MOST_WORD,
    ),
  };
}

function lengthOf(texts: readonly string[], different: number, most: number): number {
  return different < 2 ? 0 : Math.min(most, Math.max(...texts.map((text) => text.length)));
}
