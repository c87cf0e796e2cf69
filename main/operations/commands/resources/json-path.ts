/*
 * The JSONPath templates of kubectl, as far as Talos's print columns and people use them: text outside braces,
 * `{.a.b}`, `{['a']}`, `{[0]}`, `{[-1]}`, `{[1:3]}`, `{[*]}`, `{[0,2]}`, `{..name}`, `{[?(@.a=="b")]}`, `{"text"}` and
 * `{range …}…{end}`. Nothing is ever evaluated as code. A template that means nothing throws JsonPathError.
 */

/** One step of a path. */
export type Step =
  | { readonly kind: 'fields'; readonly names: readonly string[] }
  | { readonly kind: 'items'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from?: number; readonly to?: number; readonly step: number }
  | { readonly kind: 'all' }
  /** Every value below, at any depth, and the value itself. */
  | { readonly kind: 'descend' }
  | {
      readonly kind: 'filter';
      readonly left: Operand;
      readonly test?: { readonly operator: Operator; readonly right: Operand };
    };

/** How two values of a filter are compared. */
export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** One side of a comparison in a filter. */
export type Operand = { readonly path: readonly Step[] } | { readonly literal: string | number | boolean | null };

/** A part of a template. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly steps: readonly Step[] }
  | { readonly kind: 'range'; readonly steps: readonly Step[]; readonly body: readonly TemplatePart[] };

/** The template is not one we can read. */
export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';
}

/** Longer templates are not print columns. */
const MAX_LENGTH = 4096;

/** Reads a template. Throws JsonPathError. */
export function parseTemplate(template: string): readonly TemplatePart[] {
  if (template.length > MAX_LENGTH) throw new JsonPathError('The template is too long.');
  return new Reader(template).template();
}

const NAME = /[^\s.[\](){}'",|&=!<>*?@$\\]/;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  template(): readonly TemplatePart[] {
    const { parts, endedBy } = this.#parts();
    if (endedBy === 'end') throw new JsonPathError('{end} without {range}.');
    return parts;
  }

  #parts(): { readonly parts: readonly TemplatePart[]; readonly endedBy: 'end' | 'text end' } {
    const parts: TemplatePart[] = [];
    while (this.#at < this.#text.length) {
      const open = this.#text.indexOf('{', this.#at);
      const text = this.#text.slice(this.#at, open < 0 ? undefined : open);
      if (text !== '') parts.push({ kind: 'text', text });
      if (open < 0) break;
      this.#at = open + 1;
      this.#space();
      if (this.#word('end')) {
        this.#expect('}');
        return { parts, endedBy: 'end' };
      }
      parts.push(...this.#braces());
    }
    this.#at = this.#text.length;
    return { parts, endedBy: 'text end' };
  }

  /** What stands in one pair of braces: paths and quoted texts, one after another. */
  #braces(): readonly TemplatePart[] {
    if (this.#word('range')) {
      this.#space();
      const steps = this.#path();
      this.#space();
      this.#expect('}');
      const { parts: body, endedBy } = this.#parts();
      if (endedBy !== 'end') throw new JsonPathError('{range} without {end}.');
      return [{ kind: 'range', steps, body }];
    }
    const parts: TemplatePart[] = [];
    for (;;) {
      this.#space();
      const next = this.#text[this.#at];
      if (next === undefined) throw new JsonPathError('A brace is not closed.');
      if (next === '}') break;
      if (next === '"' || next === "'") parts.push({ kind: 'text', text: this.#quoted() });
      else parts.push({ kind: 'path', steps: this.#path() });
    }
    this.#at += 1;
    return parts;
  }

  #path(): readonly Step[] {
    const startedAt = this.#at;
    const steps: Step[] = [];
    if (this.#peek('$') || this.#peek('@')) this.#at += 1;
    for (;;) {
      if (this.#peek('..')) {
        this.#at += 2;
        steps.push({ kind: 'descend' });
        if (!this.#peek('[')) steps.push(this.#afterDot());
      } else if (this.#peek('.')) {
        this.#at += 1;
        // `{.}` is the value itself, and `.[0]` is written too.
        if (this.#isNameAhead() || this.#peek('*')) steps.push(this.#afterDot());
        else if (!this.#peek('[') && !/^[\s}),=!<>]|^$/.test(this.#text.slice(this.#at, this.#at + 1))) this.#fail();
      } else if (this.#peek('[')) {
        this.#at += 1;
        steps.push(this.#bracket());
      } else if (steps.length === 0 && this.#at === startedAt && this.#isNameAhead()) {
        steps.push(this.#afterDot());
      } else break;
    }
    if (this.#at === startedAt) this.#fail();
    return steps;
  }

  #afterDot(): Step {
    if (this.#peek('*')) {
      this.#at += 1;
      return { kind: 'all' };
    }
    let name = '';
    while (this.#isNameAhead()) {
      if (this.#peek('\\')) this.#at += 1;
      name += this.#text[this.#at] ?? '';
      this.#at += 1;
    }
    if (name === '') this.#fail();
    return { kind: 'fields', names: [name] };
  }

  /** After `[`, up to and including `]`. */
  #bracket(): Step {
    this.#space();
    if (this.#peek('?(')) return this.#filter();
    if (this.#peek('*')) {
      this.#at += 1;
      this.#closeBracket();
      return { kind: 'all' };
    }
    if (this.#peek("'") || this.#peek('"')) {
      const names = [this.#quoted()];
      while (this.#comma()) names.push(this.#quoted());
      this.#closeBracket();
      return { kind: 'fields', names };
    }
    const match = /^(-?\d{1,9})?\s*(:)?\s*(-?\d{1,9})?\s*(?::\s*(-?\d{1,9})?)?/.exec(
      this.#text.slice(this.#at, this.#at + 64),
    );
    const [whole = '', from, colon, to, step] = match ?? [];
    if (colon !== undefined) {
      this.#at += whole.length;
      this.#closeBracket();
      const every = Number(step ?? 1);
      if (every < 1) throw new JsonPathError('The step of a slice is 1 or more.');
      return {
        kind: 'slice',
        ...(from !== undefined && { from: Number(from) }),
        ...(to !== undefined && { to: Number(to) }),
        step: every,
      };
    }
    const indexes = [this.#integer()];
    while (this.#comma()) indexes.push(this.#integer());
    this.#closeBracket();
    return { kind: 'items', indexes };
  }

  #filter(): Step {
    this.#at += 2;
    const left = this.#operand();
    const operator = /^(==|!=|<=|>=|<|>)/.exec(this.#text.slice(this.#at, this.#at + 2))?.[0] as Operator | undefined;
    if (operator === undefined) {
      this.#expect(')');
      this.#closeBracket();
      return { kind: 'filter', left };
    }
    this.#at += operator.length;
    const right = this.#operand();
    this.#expect(')');
    this.#closeBracket();
    return { kind: 'filter', left, test: { operator, right } };
  }

  #operand(): Operand {
    this.#space();
    let operand: Operand;
    if (this.#peek('"') || this.#peek("'")) operand = { literal: this.#quoted() };
    else if (this.#peek('@') || this.#peek('$')) operand = { path: this.#path() };
    else {
      const word = /^(true|false|null|-?\d+(?:\.\d+)?)/.exec(this.#text.slice(this.#at, this.#at + 40))?.[0];
      if (word === undefined) return this.#fail();
      this.#at += word.length;
      operand = { literal: JSON.parse(word) as number | boolean | null };
    }
    this.#space();
    return operand;
  }

  #quoted(): string {
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") this.#fail();
    let text = '';
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const sign = this.#text[this.#at] ?? '';
      if (sign === quote) {
        this.#at += 1;
        return text;
      }
      if (sign !== '\\') text += sign;
      else {
        this.#at += 1;
        const escaped = this.#text[this.#at] ?? '';
        text += { n: '\n', t: '\t', r: '\r' }[escaped] ?? escaped;
      }
    }
    throw new JsonPathError('A quote is not closed.');
  }

  #integer(): number {
    this.#space();
    const digits = /^-?\d{1,9}/.exec(this.#text.slice(this.#at, this.#at + 10))?.[0];
    if (digits === undefined) return this.#fail();
    this.#at += digits.length;
    return Number(digits);
  }

  #comma(): boolean {
    this.#space();
    if (!this.#peek(',')) return false;
    this.#at += 1;
    this.#space();
    return true;
  }

  #closeBracket(): void {
    this.#space();
    this.#expect(']');
  }

  #expect(sign: string): void {
    this.#space();
    if (!this.#peek(sign)) this.#fail();
    this.#at += sign.length;
  }

  #word(word: string): boolean {
    if (!this.#peek(word) || NAME.test(this.#text[this.#at + word.length] ?? ' ')) return false;
    this.#at += word.length;
    return true;
  }

  #isNameAhead(): boolean {
    const next = this.#text[this.#at];
    if (next === '\\') return this.#at + 1 < this.#text.length;
    return next !== undefined && NAME.test(next);
  }

  #peek(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #fail(): never {
    throw new JsonPathError(`The template cannot be read at character ${this.#at + 1}.`);
  }
}
