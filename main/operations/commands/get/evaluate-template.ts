import type { Operand, Step, TemplatePart } from './json-path.ts';

/** A path that finds more than this is cut: a template must not blow up on a hostile document. */
const MAX_FOUND = 10_000;

/** The template filled in from a value: what is missing gives nothing, several finds are parted by a space, as kubectl prints. */
export function evaluateTemplate(parts: readonly TemplatePart[], value: unknown): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'path':
          return find([value], part.steps, value).map(textOf).join(' ');
        case 'range':
          return find([value], part.steps, value)
            .flatMap((found) => (Array.isArray(found) ? (found as unknown[]) : [found]))
            .map((item) => evaluateTemplate(part.body, item))
            .join('');
      }
    })
    .join('');
}

function find(from: readonly unknown[], steps: readonly Step[], root: unknown): readonly unknown[] {
  let found = from;
  for (const step of steps) {
    const next: unknown[] = [];
    for (const value of found) {
      for (const one of take(value, step, root)) {
        if (next.length === MAX_FOUND) break;
        next.push(one);
      }
    }
    found = next;
  }
  return found;
}

function take(value: unknown, step: Step, root: unknown): Iterable<unknown> {
  switch (step.kind) {
    case 'fields':
      return isRecord(value) ? step.names.filter((name) => Object.hasOwn(value, name)).map((name) => value[name]) : [];
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
        const left = operandOf(step.left, item, root);
        if (step.test === undefined) return left !== undefined;
        const right = operandOf(step.test.right, item, root);
        return holds(left, step.test.operator, right);
      });
  }
}

function* descend(value: unknown, depth: number): Generator<unknown> {
  yield value;
  if (depth < 64) for (const child of childrenOf(value)) yield* descend(child, depth + 1);
}

function childrenOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return isRecord(value) ? Object.values(value) : [];
}

function operandOf(operand: Operand, item: unknown, root: unknown): unknown {
  if ('literal' in operand) return operand.literal;
  const [first] = find([item], operand.path, root);
  return first;
}

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
  return typeof value === 'string' ? value : jsonText(value, 0);
}

/** JSON with integers of any length, which `JSON.stringify` refuses. */
function jsonText(value: unknown, depth: number): string {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (depth === 64) return '…';
  if (Array.isArray(value)) return `[${value.map((item) => jsonText(item, depth + 1)).join(',')}]`;
  const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item, depth + 1)}`);
  return `{${fields.join(',')}}`;
}
