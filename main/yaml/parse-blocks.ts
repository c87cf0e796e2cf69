import type { Node } from 'yaml';
import { tooManyAt } from './bounds/yaml-cost.ts';
import { readBlocks } from './block-reader.ts';
import { hasForbidden, MAX_DOCUMENTS, parseDocuments, type TextPosition, type YamlDocument } from './yaml-document.ts';

let kept: Map<string, readonly YamlDocument[]> | undefined;

/** Whatever {@link parseBlocks} reads while `work` runs is read once. Nothing is kept afterwards: texts hold secrets. */
export function readingOnce<Result>(work: () => Result): Result {
  if (kept !== undefined) return work();
  kept = new Map();
  try {
    return work();
  } finally {
    kept = undefined;
  }
}

/**
 * All documents of a text, as `parseDocuments` has them but without `document` and tokens: for whoever only reads. A text that is written
 * plainly takes a fraction of the time. Throws Failed `file-invalid` as that does.
 */
export function parseBlocks(text: string): readonly YamlDocument[] {
  const known = kept?.get(text);
  if (known !== undefined) return known;
  const documents = read(text) ?? parseDocuments(text);
  kept?.set(text, documents);
  return documents;
}

function read(text: string): readonly YamlDocument[] | undefined {
  if (hasForbidden(text) || tooManyAt(text) !== undefined) return undefined;
  const blocks = readBlocks(text, MAX_DOCUMENTS);
  if (blocks === undefined) return undefined;
  const positionOf = positionsIn(text);
  return blocks.map(({ root, startsAt }, index) => {
    const next = blocks[index + 1]?.startsAt;
    return {
      ...{ text, document: undefined, root, startsAt, aliases: NO_ALIASES, positionOf },
      endsAt: next ?? text.length,
      nextAt: next === undefined ? undefined : positionOf(next),
    };
  });
}

const NO_ALIASES: ReadonlyMap<Node, Node> = new Map<Node, Node>();

/** Where an offset of a text is; the lines are counted when somebody first asks. */
function positionsIn(text: string): (offset: number) => TextPosition {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
