import type { CellValue, CommandParam, RunColumn } from '../../../preload/contract/index.ts';
import type { MethodPath, MethodReply, MethodRequest } from '../../talos/method-types.ts';

/** Parameters of a run as the page gave them, checked against the command's own list. */
export type CommandParams = Readonly<Record<string, string | boolean>>;

/**
 * One command: which method it calls on every node, how the answer becomes rows, and what it looks like. Everything about
 * a command stands in its definition, so the next one is one small file.
 */
export interface CommandDefinition<P extends MethodPath = MethodPath> {
  /** The word after `talosctl`. */
  readonly id: string;
  /** As buttons name it. */
  readonly title: string;
  readonly method: P;
  readonly columns: readonly RunColumn[];
  readonly params: readonly CommandParam[];
  request(params: CommandParams): MethodRequest<P>;
  /** Rows of one node, in the order of `columns`. The node itself is not a column here. */
  rows(reply: MethodReply<P>, params: CommandParams): readonly (readonly CellValue[])[];
  /** What follows `talosctl -n …`, as words. */
  talosctl(params: CommandParams): readonly string[];
}

/** Lets a definition be written with its message types inferred, and be listed with the others. */
export function command<P extends MethodPath>(definition: CommandDefinition<P>): CommandDefinition {
  return definition;
}
