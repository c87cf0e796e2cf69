import { createHmac } from 'node:crypto';
import { certificateFingerprint } from '../lib/certificate-fingerprint.ts';
import type { YamlDocument } from '../yaml/yaml-document.ts';
import { certificatesOf } from './certificates.ts';
import { shownRanges, type ShownRange } from './shown-ranges.ts';

/** Shows single lines of a kubeconfig without its secrets. */
export class ShownLines {
  readonly #text: string;
  readonly #ranges: readonly ShownRange[];
  readonly #lineStarts: readonly number[];
  readonly #endOfDocument: number;
  readonly #salt: Uint8Array;
  readonly #spans: readonly (readonly [number, number])[];

  /**
   * `spans` are the first and last number of the lines that will be asked for. `salt` makes the fingerprints of secrets
   * worth nothing outside this one preview.
   */
  constructor(yaml: YamlDocument, spans: readonly (readonly [number, number])[], salt: Uint8Array) {
    this.#text = yaml.text;
    this.#lineStarts = lineStarts(yaml.text);
    const offsets = spans.map(([first, last]) => [this.#start(first), this.#start(last + 1)] as const);
    this.#ranges = shownRanges(yaml, (start, end) => offsets.some(([from, to]) => start <= to && end >= from));
    const second = yaml.nextAt?.line;
    this.#endOfDocument = second === undefined ? Infinity : (this.#lineStarts[second - 1] ?? Infinity);
    this.#salt = salt;
    this.#spans = spans;
  }

  #start(line: number): number {
    return this.#lineStarts[line - 1] ?? this.#text.length;
  }

  /** The line with this 1-based number, without its line end. Only lines of the spans may be asked for. */
  line(number: number): string {
    if (!this.#spans.some(([first, last]) => number >= first && number <= last)) return HIDDEN;
    const start = this.#start(number);
    const end = (this.#lineStarts[number] ?? this.#text.length + 1) - 1;
    if (start >= this.#endOfDocument) return '[another document]';
    const parts: string[] = [];
    let at = start;
    let isComment = false;
    const uncovered = (to: number): void => {
      const [before, ...comment] = this.#text.slice(at, to).split('#');
      parts.push(before ?? '');
      if (comment.length > 0) {
        parts.push(`#${hideInComment(this.#text.slice(at + (before ?? '').length + 1, end).replace(/\r$/, ''))}`);
        isComment = true;
      }
    };
    for (let i = this.#firstRange(start); i < this.#ranges.length && !isComment; i++) {
      const range = this.#ranges[i];
      if (!range || range.start >= end) break;
      if (range.end <= start || range.end <= at) continue;
      if (range.start > at) uncovered(range.start);
      if (isComment) break;
      parts.push(this.#show(range, Math.max(range.start, at), Math.min(range.end, end)));
      at = Math.min(range.end, end);
    }
    if (!isComment && at < end) uncovered(end);
    return parts
      .join('')
      .replace(/\r$/, '')
      .replace(/^\uFEFF/, '');
  }

  /** True for a line that says where kubectl connects, what it runs or which files it reads. */
  isTelling(number: number): boolean {
    const start = this.#start(number);
    const end = this.#start(number + 1);
    for (let i = this.#firstRange(start); i < this.#ranges.length; i++) {
      const range = this.#ranges[i];
      if (!range || range.start >= end) return false;
      if (range.isTelling) return true;
    }
    return false;
  }

  /** Index of the first range that may reach into a line. */
  #firstRange(start: number): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle]?.end ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #show(range: ShownRange, from: number, to: number): string {
    if (range.kind === 'open') return this.#text.slice(from, to);
    // Only the first line of a value tells what it is.
    if (from > range.start) return ' […]';
    const value = this.#text.slice(range.start, range.end);
    if (value.trim() === '' || /^(['"]?)\1$/.test(value)) return value;
    const certificate = range.kind === 'certificate' ? certificatesOf(value.replace(/[^A-Za-z0-9+/=]/g, '')) : [];
    const [first] = certificate;
    if (!first) return `[secret ${createHmac('sha256', this.#salt).update(value).digest('hex').slice(0, 8)}]`;
    const more = certificate.length > 1 ? ` and ${certificate.length - 1} more` : '';
    return `[certificate ${certificateFingerprint(first).slice(0, 16)}, until ${first.validToDate.toISOString().slice(0, 10)}${more}]`;
  }
}

/** A line nobody should have asked for is not shown: its secrets were not looked for. */
const HIDDEN = '[…]';

/** Comments may hold a token that was commented out: long or mixed words, and what follows a telling word, go. */
function hideInComment(comment: string): string {
  return hideAfterWord(comment.slice(0, MAX_COMMENT))
    .replace(/\S{20,}/g, '[hidden]')
    .replace(/(?=\S*\d)(?=\S*[A-Za-z])[^\s[\]]{12,}/g, '[hidden]');
}

/** No comment that anybody reads is longer; the rest is not shown. */
const MAX_COMMENT = 1_000;
const TELLING = /token|passw|secret|key|data|bearer/i;

/** Hides what follows a telling word and its separators. Step by step, so that long rows of spaces take no time. */
function hideAfterWord(comment: string): string {
  const found = TELLING.exec(comment);
  if (found === null) return comment;
  const afterWord = found.index + found[0].length;
  let at = afterWord;
  while (/[\w.-]/.test(comment.charAt(at))) at++;
  while (/[\s:=]/.test(comment.charAt(at))) at++;
  const from = at < comment.length ? at : afterWord;
  return from < comment.trimEnd().length ? `${comment.slice(0, from)}[hidden]` : comment;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
