import { LONGEST_LINE, type Lines } from './whole-lines.ts';

/** How a container's log file begins each line: when, which stream, and whether it is whole (F) or a part (P) of one. */
const HEAD = /^(\S{20,40} (stdout|stderr)) ([FP])(?::\S{0,100})? /;

interface Part {
  text: string;
  isCut: boolean;
}

/**
 * Puts the parts of long lines together that a container runtime has cut up: `P` pieces and the `F` that ends them become one
 * line with the time of the first, cut where any line is. Each stream of the container has its own; other lines are passed on.
 */
export class PartialLines {
  readonly #parts = new Map<string, Part>();

  take({ lines, cut }: Lines): Lines {
    if (this.#parts.size === 0 && !lines.some((line) => HEAD.exec(line)?.[3] === 'P')) return { lines, cut };
    const cutOnes = new Set(cut);
    const whole: string[] = [];
    const wholeCut: number[] = [];
    for (const [place, line] of lines.entries()) {
      const [head, start, stream = '', kind] = HEAD.exec(line) ?? [];
      const part = this.#parts.get(stream);
      if (head === undefined || (kind === 'F' && part === undefined)) {
        if (cutOnes.has(place)) wholeCut.push(whole.length);
        whole.push(line);
        continue;
      }
      const joined = part ?? { text: `${start} F `, isCut: false };
      this.#parts.set(stream, joined);
      append(joined, line.slice(head.length), cutOnes.has(place));
      if (kind === 'P') continue;
      this.#parts.delete(stream);
      if (joined.isCut) wholeCut.push(whole.length);
      whole.push(joined.text);
    }
    return { lines: whole, cut: wholeCut };
  }

  /** What is left when no more comes. */
  end(): Lines {
    const parts = [...this.#parts.values()];
    this.#parts.clear();
    return { lines: parts.map(({ text }) => text), cut: parts.flatMap(({ isCut }, place) => (isCut ? [place] : [])) };
  }
}

function append(part: Part, text: string, isCut: boolean): void {
  if (part.isCut) return;
  const joined = part.text + text;
  part.text = joined.slice(0, LONGEST_LINE);
  part.isCut = isCut || joined.length > LONGEST_LINE;
}
