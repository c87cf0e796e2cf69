import type * as v from 'valibot';

/** What this file looks at of a valibot schema. */
interface Shape {
  readonly type: string;
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly item?: Shape;
  readonly value?: Shape;
  readonly wrapped?: Shape;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

const UUID = '7c9f2c34-6b1e-4c39-9d2e-000000000001';

/** The smallest input that a schema of the contract takes, every optional field included; so new calls need no list. */
export const sampleInput = (schema: v.GenericSchema): unknown => sampleOf(schema);

function sampleOf(shape: Shape): unknown {
  const actions = shape.pipe ?? [];
  const limit = (type: string): unknown => actions.find((action) => action.type === type)?.requirement;
  const [first] = shape.options ?? [];
  switch (shape.type) {
    case 'string':
      return actions.some(({ type }) => type === 'uuid')
        ? UUID
        : textOf(limit('regex'), Number(limit('min_length') ?? 1));
    case 'number':
      return Number(limit('min_value') ?? 0);
    case 'boolean':
      return true;
    case 'picklist':
      return first;
    case 'array':
      return (
        shape.item && Array.from({ length: Number(limit('min_length') ?? 1) }, () => sampleOf(shape.item as Shape))
      );
    case 'record':
      return shape.value && { a: sampleOf(shape.value) };
    case 'optional':
    case 'exact_optional':
      return shape.wrapped && sampleOf(shape.wrapped);
    case 'literal':
      return shape.literal;
    case 'union':
    case 'variant':
      return sampleOf(first as Shape);
    case 'strict_object':
      return Object.fromEntries(Object.entries(shape.entries ?? {}).map(([name, one]) => [name, sampleOf(one)]));
    default:
      throw new Error(`No sample is known for a ${shape.type}.`);
  }
}

/** Short texts of which one fits what a schema of the contract wants. */
const TEXTS = ['a', '1', 'A', 'a-1', 'a=1', '/a', '#/a'] as const;

function textOf(pattern: unknown, length: number): string {
  if (!(pattern instanceof RegExp)) return 'a'.repeat(length);
  const found = TEXTS.find((text) => pattern.test(text));
  if (found === undefined) throw new Error(`No sample is known for ${String(pattern)}.`);
  return found;
}
