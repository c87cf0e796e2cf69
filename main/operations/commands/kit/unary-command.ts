import type { RowDetail, RunColumn } from '../../../../preload/contract/index.ts';
import type { MethodReply, MethodRequest } from '../../../talos/method-types.ts';
import type { ReadPath } from '../../../talos/methods.ts';
import type { CommandParams, Row, RowsCommand } from './definition.ts';

type Described = Omit<RowsCommand, 'method' | 'prepare' | 'hasDetail' | 'shape'>;

/** A command that is one unary call per node. */
export interface UnaryParts<P extends ReadPath<'unary'>> extends Described {
  readonly method: P;
  /** Columns where the parameters decide them; default {@link CommandDefinition.columns}. */
  columnsFor?(params: CommandParams): readonly RunColumn[];
  request(params: CommandParams): MethodRequest<P>;
  rows(reply: MethodReply<P>, params: CommandParams): Iterable<Row>;
  /** Sentences about one node's reply that its rows do not say. */
  notes?(reply: MethodReply<P>, params: CommandParams): readonly string[];
  /** More about the row with this number of that reply. */
  detail?(reply: MethodReply<P>, row: number, params: CommandParams): RowDetail | undefined;
}

/** Lets a unary command be written with its message types inferred, and be listed with the others. */
export function unaryCommand<P extends ReadPath<'unary'>>(parts: UnaryParts<P>): RowsCommand & UnaryParts<P> {
  return {
    ...parts,
    shape: 'rows',
    hasDetail: parts.detail !== undefined,
    prepare: async ({ connection, params }) => ({
      columns: parts.columnsFor?.(params) ?? parts.columns,
      ask: async (node, options) =>
        (await connection.unary(parts.method, parts.request(params), { node, ...options })).value,
      // What `ask` of the same method resolved with.
      rows: (answer) => parts.rows(answer as MethodReply<P>, params),
      ...(parts.notes && {
        notes: (answer: unknown) => parts.notes?.(answer as MethodReply<P>, params) ?? [],
      }),
      ...(parts.detail && {
        detail: (answer: unknown, row: number) => parts.detail?.(answer as MethodReply<P>, row, params),
      }),
    }),
  };
}
