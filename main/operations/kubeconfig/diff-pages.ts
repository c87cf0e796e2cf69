import type { KubeconfigLines, ShownDiffLine } from '../../../preload/contract/index.ts';
import type { KubeconfigDiff, KubeconfigDiffLine } from '../../kubeconfig/kubeconfig-diff.ts';
import { Failed } from '../../lib/failed.ts';

/** What the first pages of several files share. */
export class PageBudget {
  lines = PAGE_LINES;
  length = PAGE_LENGTH;
}

const PAGE_LINES = 1_000;
/** Characters. */
const PAGE_LENGTH = 256 * 1024;
const MOST_TELLING = 50;

/**
 * The lines of one file's difference, sent to the page in pieces, and the memory of how far it was: only what was sent can
 * have been seen, and only that may be written.
 */
export class DiffPages {
  readonly #lines: readonly KubeconfigDiffLine[];
  readonly #isCut: boolean;
  #sent = 0;

  constructor({ lines, isCut }: KubeconfigDiff) {
    this.#lines = lines;
    this.#isCut = isCut;
  }

  get length(): number {
    return this.#lines.length;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  /** Lines from `from` on, as many as the budget allows. Throws Failed `invalid` when lines before them were not sent. */
  page(from: number, budget = new PageBudget()): KubeconfigLines {
    if (from > this.#sent)
      throw new Failed({ code: 'invalid', message: 'The lines before these were not asked for yet.' });
    const lines: ShownDiffLine[] = [];
    for (let at = from; at < this.#lines.length && budget.lines > 0; at++) {
      const line = this.#lines[at];
      if (!line || line.text.length > budget.length) break;
      budget.lines -= 1;
      budget.length -= line.text.length;
      lines.push(shown(line));
    }
    this.#sent = Math.max(this.#sent, from + lines.length);
    return { lines, addedLeft: this.addedLeft };
  }

  /** Lines that would be added and that the page was not sent. */
  get addedLeft(): number {
    let count = 0;
    for (let at = this.#sent; at < this.#lines.length; at++) if (this.#lines[at]?.kind === 'added') count++;
    return count;
  }

  /** Of the lines that were not sent, the first added ones that say where kubectl connects or what it runs. */
  get telling(): readonly ShownDiffLine[] {
    const rest = this.#lines.slice(this.#sent);
    return rest
      .filter(({ kind, isTelling }) => kind === 'added' && isTelling)
      .slice(0, MOST_TELLING)
      .map(shown);
  }

  /** Throws Failed `precondition` unless every line that would be added was sent to the page. */
  mustBeShown(file: string): void {
    if (this.#isCut) {
      throw new Failed({
        code: 'precondition',
        message: `So much of ${file} would change that it cannot be shown, so it is not written.`,
        hint: 'Change less at a time, or use kubectl config.',
        where: { file },
      });
    }
    const left = this.addedLeft;
    if (left === 0) return;
    throw new Failed({
      code: 'precondition',
      message: `${left} lines that would be added to ${file} were not shown yet, so nothing is written.`,
      hint: 'Look at the rest of the difference first.',
      where: { file },
    });
  }
}

const shown = ({ isTelling: _telling, ...line }: KubeconfigDiffLine): ShownDiffLine => line;
