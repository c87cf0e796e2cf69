import * as v from 'valibot';
import { call, contextName, nodeName, nothing, resourceWord, runId } from '../call.ts';
import { RUN_TEXT_FORMATS, type RawAnswer, type RowDetail, type Saved } from './answers.ts';
import type { CommandSummary, TalosctlCompletion, TalosctlRun } from './commands.ts';
import type { ResourceTypeSummary } from './resources.ts';
import type { RunAgain } from './runs.ts';

const runTextFormat = v.picklist(RUN_TEXT_FORMATS);

/** Calls about commands, their runs and the resources of a cluster. */
export const workCalls = {
  /** The commands that can be run. */
  'commands.list': call<readonly CommandSummary[]>()(nothing),
  /** Cancel one node of a run that is running; the others go on. Nothing happens when it has ended. */
  'runs.cancelNode': call<void>()(v.strictObject({ runId, node: nodeName })),
  /** What to start for running it again. */
  'runs.again': call<RunAgain>()(v.strictObject({ runId })),
  /** The message a node answered with. `not-found` when it is no longer kept. */
  'runs.raw': call<RawAnswer>()(v.strictObject({ runId, node: nodeName })),
  /** More about one row: the how-manieth row of that node, from 0, in the order the rows came. */
  'runs.detail': call<RowDetail>()(
    v.strictObject({
      runId,
      node: nodeName,
      row: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000)),
    }),
  ),
  /** The result as text, to copy. `too-large` above 1 MiB. */
  'runs.text': call<string>()(v.strictObject({ runId, format: runTextFormat })),
  /** The result as a file, where the user chooses in the system's dialog. */
  'runs.save': call<Saved>()(v.strictObject({ runId, format: runTextFormat })),
  /** Show what a run saved in the system's file manager. Fails `not-found` when that is no longer known. */
  'runs.showSaved': call<void>()(v.strictObject({ runId })),
  /** Understand a pasted talosctl command line. `invalid` names the word that is not understood in `where.field`. */
  'runs.parseTalosctl': call<TalosctlRun>()(v.strictObject({ line: v.pipe(v.string(), v.maxLength(65_536)) })),
  /** How a line of talosctl may go on; asks nobody. Nothing is offered for what is no such line, and behind a quote that is open. */
  'runs.completeTalosctl': call<TalosctlCompletion>()(v.strictObject({ line: v.pipe(v.string(), v.maxLength(4096)) })),
  /** The resource types a cluster has. */
  'resources.types': call<readonly ResourceTypeSummary[]>()(v.strictObject({ context: contextName })),
  /** One resource as it is now, as YAML. */
  'resources.yaml': call<RowDetail>()(
    v.strictObject({
      context: contextName,
      node: nodeName,
      type: resourceWord,
      namespace: v.optional(resourceWord),
      id: resourceWord,
    }),
  ),
} as const;
