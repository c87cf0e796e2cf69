import { applySplices } from '../../yaml/yaml-splices.ts';
import { documentsToShow } from '../documents/load.ts';
import { findSecrets, type FoundSecret } from './find-secrets.ts';

/** A secret that stands in a text as its placeholder. */
export interface MaskedSecret extends FoundSecret {
  /** `<secret-1>`: equal secrets of the texts that were masked together have the same. */
  readonly placeholder: string;
}

/** A text without its secrets. */
export interface MaskedText {
  readonly text: string;
  readonly secrets: readonly MaskedSecret[];
}

/** Shortest value that is looked for in other texts: shorter ones are in every text. */
const LEAST_LENGTH = 6;

/** Puts placeholders in the place of secrets; what it met in one text it finds in the next. Holds them: keep it where they may be. */
export class Masker {
  readonly #known = new Map<string, string>();

  /** A machine config with a placeholder for every secret. Throws Failed `file-invalid` for what is no config. */
  config(text: string): MaskedText {
    const found = documentsToShow(text).flatMap(findSecrets);
    const secrets = found.map((one) => ({ ...one, placeholder: this.#placeholder(one.value) }));
    const splices = secrets.map(({ start, end, placeholder }) => ({
      ...{ start, end },
      // A block text ends with its line end, which the placeholder needs as well.
      text: placeholder + (text.slice(start, end).endsWith('\n') ? '\n' : ''),
    }));
    // A value that stands elsewhere too, as in a comment, is hidden there as well.
    return { text: this.quoted(applySplices(text, splices)), secrets };
  }

  /** Any text that may quote what is known, such as what somebody else says is wrong, without it. */
  quoted(text: string): string {
    let result = text;
    // Longest first: one may be part of another.
    for (const [value, placeholder] of [...this.#known].sort(([a], [b]) => b.length - a.length)) {
      if (value.length < LEAST_LENGTH) continue;
      for (const spelled of [value, value.trim()].flatMap((one) => [one, JSON.stringify(one).slice(1, -1)]))
        if (spelled.length >= LEAST_LENGTH) result = result.replaceAll(spelled, placeholder);
    }
    return result;
  }

  #placeholder(value: string): string {
    const known = this.#known.get(value) ?? `<secret-${this.#known.size + 1}>`;
    this.#known.set(value, known);
    return known;
  }
}
