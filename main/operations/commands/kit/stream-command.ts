import type { RowDetail, RunColumn } from '../../../../preload/contract/index.ts';
import type { MethodReply, MethodRequest } from '../../../talos/method-types.ts';
import type { ReadPath } from '../../../talos/methods.ts';
import { cutNote, MAX_MESSAGES, type Collected } from './collect.ts';
import { comingRows } from './coming-rows.ts';
import type { ComingCommand, CommandParams, PrepareRequest, Row, RowsCommand } from './definition.ts';

type Described = Omit<RowsCommand, 'method' | 'prepare' | 'hasDetail' | 'shape'>;

/** What {@link streamCommand} makes: its rows are told while they come. */
export interface StreamCommand extends RowsCommand {
  prepare(request: PrepareRequest): Promise<ComingCommand>;
}

/** A command that is one server stream per node which ends by itself, such as a list. */
export interface StreamParts<P extends ReadPath<'server'>> extends Described {
  readonly method: P;
  /** Columns where the parameters decide them; default {@link CommandDefinition.columns}. */
  columnsFor?(params: CommandParams): readonly RunColumn[];
  request(params: CommandParams): MethodRequest<P>;
  /** Rows of one message. */
  rows(message: MethodReply<P>, params: CommandParams): Iterable<Row>;
  /** Most messages of one node; default {@link MAX_MESSAGES}. */
  readonly limit?: number;
  /** Sentences about all messages of one node that their rows do not say. */
  notes?(messages: readonly MethodReply<P>[], params: CommandParams): readonly string[];
  /** More about a row of that message. */
  detail?(message: MethodReply<P>, params: CommandParams): RowDetail | undefined;
}

/**
 * Lets a streaming command be written with its message types inferred, and be listed with the others. Rows are told while
 * messages come.
 */
export function streamCommand<P extends ReadPath<'server'>>(parts: StreamParts<P>): StreamCommand & StreamParts<P> {
  type Answer = Collected<MethodReply<P>>;
  return {
    ...parts,
    shape: 'rows',
    hasDetail: parts.detail !== undefined,
    prepare: async ({ connection, params }) => {
      return {
        columns: parts.columnsFor?.(params) ?? parts.columns,
        come: (node, options) =>
          comingRows({
            open: () => connection.serverStream(parts.method, parts.request(params), { node, ...options }),
            rows: (message) => parts.rows(message, params),
            limit: parts.limit ?? MAX_MESSAGES,
            ...(options.share && { share: options.share }),
          }),
        // What `come` of the same method kept.
        notes: (answer) => [...cutNote(answer as Answer), ...(parts.notes?.((answer as Answer).items, params) ?? [])],
        detail: (answer, row) => {
          let before = 0;
          for (const item of (answer as Answer).items) {
            before += [...parts.rows(item, params)].length;
            if (row < before) return parts.detail?.(item, params);
          }
          return undefined;
        },
      };
    },
  };
}
