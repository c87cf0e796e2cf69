import type { Failure, RunEvent } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Unfinished } from '../../files/own/unfinished.ts';
import type { SaveSuggestion } from '../app/desktop.ts';
import type { Caller } from '../clusters/caller.ts';
import type { CommandDefinition, CommandParams, PreparedCommand } from '../commands/kit/definition.ts';
import type { Arrived } from '../downloads/arrived.ts';
import type { NodeCancels } from './fan-out/node-cancels.ts';
import type { Ways } from './ways.ts';

/** What {@link run} is asked for. */
export interface RunRequest<C extends CommandDefinition = CommandDefinition> {
  readonly runId: string;
  readonly number: number;
  readonly connection: Caller;
  readonly command: C;
  /** Checked by `checkParams`. */
  readonly params: CommandParams;
  /** One call each; a node named twice is called once. */
  readonly nodes: readonly string[];
  /** For the whole run; what follows has none. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Most nodes that are asked at a time. Default: 64. */
  readonly atOnce?: number;
  /** Of what follows: how it goes on when its cluster gets other endpoints. Default: over `connection` for good. */
  readonly ways?: Ways;
  /** Does anybody see the page? Default: somebody does. */
  readonly isSeen?: () => boolean;
  /** Where bytes go; without it a command that saves some cannot be run. */
  readonly saving?: Saving;
  /** Default: only the whole run can be cancelled. */
  readonly cancels?: NodeCancels;
  /** Sees what the page sees, and the messages behind it. */
  readonly observer?: RunObserver;
}

/** How a run saves what a node sends. */
export interface Saving {
  /** Asks the user for the place; undefined when they thought better of it. */
  readonly choose: (wish: SaveSuggestion) => Promise<string | undefined>;
  readonly unfinished?: Unfinished;
  /** What is to be said of a snapshot of etcd that was saved there. Never rejects. */
  readonly aboutSnapshot?: (path: string, signal: AbortSignal) => Promise<string>;
}

/** Follows a run as it happens. Must not throw. */
export interface RunObserver {
  event?(event: RunEvent): void;
  /** A node's whole message, before its rows are made. */
  answer?(node: string, answer: unknown, prepared: PreparedCommand): void;
  /** Something came of a node: it is there. */
  heard?(node: string): void;
  /** What a node sent lies where the user wanted it. */
  saved?(arrived: Arrived): void;
  /** What a node's call threw. */
  error?(node: string, error: unknown, failure: Failure): void;
}
