import { applySplices } from '../../yaml/yaml-splices.ts';
import type { ConfigDocument } from '../documents/config-document.ts';
import { documentsToShow } from '../documents/load.ts';
import { findSecrets, type FoundSecret } from './find-secrets.ts';
import { maskComments } from './mask-comments.ts';
import { quoterWithout, type Spelled } from './quoted.ts';

/** A secret that stands in a text as its placeholder. */
export interface MaskedSecret extends FoundSecret {
  /** `<secret-1>`: equal secrets of the texts that were masked together have the same. */
  readonly placeholder: string;
}

/** A text without its secrets. */
export interface MaskedText {
  readonly text: string;
  /** Offsets and lines are those of the text as it was. */
  readonly secrets: readonly MaskedSecret[];
  readonly documents: readonly ConfigDocument[];
}

/** Shortest value that is looked for in other texts: shorter ones are in every text. */
const LEAST_LENGTH = 6;
/** The same for what is hidden because it is not known: most of that are words such as `controlplane`, which stand elsewhere too. */
const LEAST_UNKNOWN = 16;

/** Puts placeholders in the place of secrets; what it met in one text it finds in the next. Holds them: keep it where they may be. */
export class Masker {
  readonly #known = new Map<string, string>();
  /** What comments held: it may be any words, and is not looked for elsewhere. */
  readonly #inComments = new Map<string, string>();
  readonly #lookedFor = new Map<string, string>();
  #count = 0;

  /** A machine config with a placeholder for every secret. Throws Failed `file-invalid` for what is no config. */
  config(text: string): MaskedText {
    const documents = documentsToShow(text);
    const secrets = documents.flatMap(findSecrets).map((one) => ({ ...one, placeholder: this.#placeholder(one) }));
    const splices = secrets.map(({ start, end, placeholder }) => ({
      ...{ start, end },
      // A block text ends with its line end, which the placeholder needs as well.
      text: placeholder + (/\r?\n$/.exec(text.slice(start, end))?.[0] ?? ''),
    }));
    // A value that stands elsewhere too, as in a comment, is hidden there as well.
    const masked = maskComments(this.quoted(applySplices(text, splices)), (value) => {
      const placeholder = this.#known.get(value) ?? this.#inComments.get(value) ?? this.#next();
      this.#inComments.set(value, placeholder);
      return placeholder;
    });
    return { text: masked, secrets, documents };
  }

  /** Makes secrets known without a text that they stand in. */
  learn(secrets: readonly FoundSecret[]): void {
    for (const one of secrets) this.#placeholder(one);
  }

  /** Any text that may quote what is known, such as what somebody else says is wrong, without it. */
  quoted(text: string): string {
    return this.quoter()(text);
  }

  /** The same for many texts, with what is known now. */
  quoter(): (text: string) => string {
    const spelled = [...this.#lookedFor].flatMap(([value, placeholder]): readonly Spelled[] =>
      [...new Set([value, value.trim()].flatMap((one) => [one, JSON.stringify(one).slice(1, -1)]))]
        .filter((one) => one.length >= LEAST_LENGTH)
        .map((one) => ({ text: one, placeholder })),
    );
    return quoterWithout(spelled, LEAST_LENGTH);
  }

  /** What each placeholder stands for, those of comments included. */
  values(): ReadonlyMap<string, string> {
    return new Map([...this.#inComments, ...this.#known].map(([value, placeholder]) => [placeholder, value]));
  }

  #placeholder({ value, isKnown }: FoundSecret): string {
    const placeholder = this.#known.get(value) ?? this.#next();
    this.#known.set(value, placeholder);
    if (value.length >= (isKnown ? LEAST_LENGTH : LEAST_UNKNOWN)) this.#lookedFor.set(value, placeholder);
    return placeholder;
  }

  #next(): string {
    return `<secret-${++this.#count}>`;
  }
}
