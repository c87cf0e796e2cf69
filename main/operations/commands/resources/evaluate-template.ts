import { boundedJson, MAX_LENGTH } from './bounded-json.ts';
import type { Operand, Step, TemplatePart } from './json-path.ts';

/**
 * What filling in all templates of one resource may cost: values that are looked at, and 64 characters of text are one more.
 * A hostile document (aliases of aliases) has more places than anyone can visit. Takes some 5 ms.
 */
const MAX_STEPS = 50_000;
/** All texts of one resource together. */
const MAX_ROW_LENGTH = 100_000;

/** The template filled in from a value: what is missing gives nothing, several finds are parted by a space, as kubectl prints. */
export function evaluateTemplate(parts: readonly TemplatePart[], value: unknown): string {
  return new RowEvaluation().template(parts, value);
}

/** Fills in the templates of one resource, which share its limits: what passes them ends in `…`, or is nothing but that. */
export class RowEvaluation {
  #stepsLeft = MAX_STEPS;
  #rowLeft = MAX_ROW_LENGTH;
  #lengthLeft = 0;

  template(parts: readonly TemplatePart[], value: unknown): string {
    const most = Math.min(MAX_LENGTH, this.#rowLeft);
    this.#lengthLeft = most;
    if (this.#isOver) return '…';
    const text = this.#parts(parts, value);
    this.#rowLeft -= text.length;
    return text.length > most || this.#stepsLeft <= 0 ? `${text.slice(0, most)}…` : text;
  }

  #parts(parts: readonly TemplatePart[], value: unknown): string {
    let text = '';
    for (const part of parts) {
      if (this.#isOver) break;
      this.#spend(1);
      switch (part.kind) {
        case 'text':
          text += this.#measured(part.text);
          break;
        case 'path':
          for (const [index, found] of this.#find(value, part.steps).entries()) {
            if (this.#isOver) break;
            text += this.#measured(index === 0 ? this.#text(found) : ` ${this.#text(found)}`);
          }
          break;
        case 'range':
          for (const found of this.#find(value, part.steps)) {
            // A range goes through a list, and over a single value once.
            for (const item of Array.isArray(found) ? (found as unknown[]) : [found]) {
              if (this.#isOver) break;
              this.#spend(1);
              text += this.#parts(part.body, item);
            }
          }
      }
    }
    return text;
  }

  get #isOver(): boolean {
    return this.#lengthLeft <= 0 || this.#stepsLeft <= 0;
  }

  /** False when there is nothing left: what was to be done is left out. */
  #spend(steps: number): boolean {
    this.#stepsLeft -= steps;
    return this.#stepsLeft > 0;
  }

  #measured(text: string): string {
    this.#lengthLeft -= text.length;
    return text;
  }

  #find(root: unknown, steps: readonly Step[]): readonly unknown[] {
    let found: readonly unknown[] = [root];
    for (const step of steps) {
      const next: unknown[] = [];
      for (const value of found) {
        for (const one of this.#take(value, step)) {
          if (!this.#spend(1)) return next;
          next.push(one);
        }
        if (!this.#spend(1)) return next;
      }
      found = next;
    }
    return found;
  }

  /** Lazy, so that whoever takes from it can stop. */
  *#take(value: unknown, step: Step): Generator<unknown> {
    switch (step.kind) {
      case 'fields':
        if (!isRecord(value)) return;
        for (const name of step.names) {
          if (!this.#spend(1)) return;
          if (Object.hasOwn(value, name)) yield value[name];
        }
        return;
      case 'items':
        if (!Array.isArray(value)) return;
        for (const index of step.indexes) {
          if (!this.#spend(1)) return;
          const at = index < 0 ? value.length + index : index;
          if (at >= 0 && at < value.length) yield value[at] as unknown;
        }
        return;
      case 'slice': {
        if (!Array.isArray(value)) return;
        const [from, to] = [placeIn(value, step.from ?? 0), placeIn(value, step.to ?? value.length)];
        for (let at = from; at < to; at += step.step) yield value[at] as unknown;
        return;
      }
      case 'all':
        yield* this.#children(value);
        return;
      case 'descend':
        yield* this.#descend(value, 0);
        return;
      case 'filter':
        for (const item of this.#children(value)) if (this.#passes(step, item)) yield item;
    }
  }

  #passes({ left, test }: Extract<Step, { kind: 'filter' }>, item: unknown): boolean {
    if (!this.#spend(1)) return false;
    const found = this.#operand(left, item);
    if (test === undefined) return found !== undefined;
    return this.#holds(found, test.operator, this.#operand(test.right, item));
  }

  *#descend(value: unknown, depth: number): Generator<unknown> {
    yield value;
    if (depth < 64) for (const child of this.#children(value)) yield* this.#descend(child, depth + 1);
  }

  #children(value: unknown): readonly unknown[] {
    if (Array.isArray(value)) return value as unknown[];
    if (!isRecord(value)) return [];
    const children = Object.values(value);
    this.#spend(Math.ceil(children.length / 8));
    return children;
  }

  #operand(operand: Operand, item: unknown): unknown {
    return 'literal' in operand ? operand.literal : this.#find(item, operand.path)[0];
  }

  #holds(left: unknown, operator: string, right: unknown): boolean {
    if (left === undefined || right === undefined) return operator === '!=' && left !== right;
    // Lists and maps as well: compared as they are, they would be written out whole.
    const isText = [left, right].some((one) => typeof one === 'string' || (typeof one === 'object' && one !== null));
    const [a, b] = isText ? [this.#text(left), this.#text(right)] : [left, right];
    switch (operator) {
      case '==':
        return a == b; // eslint-disable-line eqeqeq -- 1 and 1n are the same number
      case '!=':
        return a != b; // eslint-disable-line eqeqeq -- 1 and 1n are the same number
      case '<':
        return (a as number) < (b as number);
      case '<=':
        return (a as number) <= (b as number);
      case '>':
        return (a as number) > (b as number);
      default:
        return (a as number) >= (b as number);
    }
  }

  /** Scalars as text; lists and maps as JSON, as kubectl and talosctl print them. */
  #text(value: unknown): string {
    if (value === null || value === undefined) return '';
    const text = typeof value === 'string' ? value : boundedJson(value);
    this.#spend(Math.ceil(Math.min(text.length, MAX_LENGTH) / 64));
    return text;
  }
}

/** As `Array.prototype.slice` reads its arguments. */
function placeIn(list: readonly unknown[], index: number): number {
  return index < 0 ? Math.max(0, list.length + index) : Math.min(index, list.length);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
