import { boundedJson, MAX_LENGTH } from './bounded-json.ts';
import type { Operand, Step, TemplatePart } from './json-path.ts';

/** Values one template may look at. A hostile document (aliases of aliases) has more places than anyone can visit. */
const MAX_VISITS = 50_000;

/** The template filled in from a value: what is missing gives nothing, several finds are parted by a space, as kubectl prints. */
export function evaluateTemplate(parts: readonly TemplatePart[], value: unknown): string {
  return new Evaluation().template(parts, value);
}

class Evaluation {
  #visitsLeft = MAX_VISITS;
  #lengthLeft = MAX_LENGTH;

  template(parts: readonly TemplatePart[], value: unknown): string {
    let text = '';
    for (const part of parts) {
      switch (part.kind) {
        case 'text':
          text += this.#measured(part.text);
          break;
        case 'path':
          for (const [index, found] of this.#find(value, part.steps).entries()) {
            if (this.#lengthLeft < 0) break;
            text += this.#measured(index === 0 ? textOf(found) : ` ${textOf(found)}`);
          }
          break;
        case 'range':
          for (const item of this.#find(value, part.steps).flatMap(itemsOf)) {
            if (this.#lengthLeft < 0) break;
            text += this.template(part.body, item);
          }
      }
    }
    return text;
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
          if (this.#visitsLeft <= 0) return next;
          this.#visitsLeft -= 1;
          next.push(one);
        }
      }
      found = next;
    }
    return found;
  }

  #take(value: unknown, step: Step): Iterable<unknown> {
    switch (step.kind) {
      case 'fields':
        return isRecord(value)
          ? step.names.filter((name) => Object.hasOwn(value, name)).map((name) => value[name])
          : [];
      case 'items':
        if (!Array.isArray(value)) return [];
        return step.indexes.flatMap((index) => {
          const at = index < 0 ? value.length + index : index;
          return at >= 0 && at < value.length ? [value[at] as unknown] : [];
        });
      case 'slice':
        if (!Array.isArray(value)) return [];
        return (value as unknown[]).slice(step.from, step.to).filter((_, index) => index % step.step === 0);
      case 'all':
        return childrenOf(value);
      case 'descend':
        return descend(value, 0);
      case 'filter':
        return childrenOf(value).filter((item) => {
          const left = this.#operand(step.left, item);
          if (step.test === undefined) return left !== undefined;
          return holds(left, step.test.operator, this.#operand(step.test.right, item));
        });
    }
  }

  #operand(operand: Operand, item: unknown): unknown {
    return 'literal' in operand ? operand.literal : this.#find(item, operand.path)[0];
  }
}

/** Lazy, so that whoever takes from it can stop. */
function* descend(value: unknown, depth: number): Generator<unknown> {
  yield value;
  if (depth < 64) for (const child of childrenOf(value)) yield* descend(child, depth + 1);
}

function childrenOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return isRecord(value) ? Object.values(value) : [];
}

/** `range` goes through a list, and over a single value once. */
const itemsOf = (found: unknown): readonly unknown[] => (Array.isArray(found) ? (found as unknown[]) : [found]);

function holds(left: unknown, operator: string, right: unknown): boolean {
  if (left === undefined || right === undefined) return operator === '!=' && left !== right;
  const [a, b] = typeof left === 'string' || typeof right === 'string' ? [textOf(left), textOf(right)] : [left, right];
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Scalars as text; lists and maps as JSON, as kubectl and talosctl print them. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : boundedJson(value);
}
