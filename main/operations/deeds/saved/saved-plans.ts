import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import type { CallInput, ContextSummary, DeedPreview, OpenedPlan, Saved } from '../../../../preload/contract/index.ts';
import { readFileBytes } from '../../../files/read-file.ts';
import type { Unfinished } from '../../../files/own/unfinished.ts';
import { Failed } from '../../../lib/failed.ts';
import { fileStem, momentStem } from '../../../lib/file-stem.ts';
import type { Observable } from '../../../lib/observable.ts';
import { checkParams } from '../../commands/kit/params.ts';
import { deedPlace } from '../../plans/deed-place.ts';
import type { Shelf, Tokens } from '../../plans/tokens.ts';
import { quoted } from '../../quoted.ts';
import { savePieces, type ChooseSavePath } from '../../work/sinks/save-export.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { fileOfPlan, type MadePlan } from './file-of-plan.ts';
import { MOST_PLAN_BYTES, type PlanFile } from './plan-file.ts';
import { readPlan } from './read-plan.ts';
import { planText } from './write-plan.ts';

/** What {@link SavedPlans} work with. */
export interface SavedPlansOptions {
  readonly tokens: Tokens;
  /** Contexts of all open files. */
  readonly contexts: Observable<{ readonly contexts: readonly ContextSummary[] }>;
  readonly definitions: readonly DeedDefinition[];
}

/** A file that was opened. */
export interface OpenedFile {
  /** Without where it lies. */
  readonly name: string;
  readonly plan: PlanFile;
}

/**
 * Plans as files, for a colleague: what is wished, on which machines of which cluster, and how they were. Opening one does nothing: it is
 * planned anew from how the machines are, and confirmed like any plan (docs/adr/0064).
 */
export class SavedPlans {
  readonly #options: SavedPlansOptions;
  readonly #made: Shelf<PlanFile>;
  readonly #opened: Shelf<OpenedFile>;

  constructor(options: SavedPlansOptions) {
    this.#options = options;
    this.#made = options.tokens.shelf({ what: 'This plan', hint: 'Plan it again, and save that.' });
    this.#opened = options.tokens.shelf({ what: 'The file of this plan', hint: 'Open it again.', isRenewed: true });
  }

  /** Keeps a plan to be saved; says why it cannot be where it holds what no file may. */
  keep(made: MadePlan): Pick<DeedPreview, 'saved' | 'notSaved'> {
    const file = fileOfPlan(made);
    if (typeof file === 'string') return { notSaved: file };
    const bytes = Buffer.byteLength(planText(file));
    if (bytes > MOST_PLAN_BYTES) return { notSaved: 'It is larger than a file of a plan may be.' };
    return { saved: this.#made.keep(file, bytes) };
  }

  /** Saves a plan where the user chooses. Throws Failed `not-found` for an old token, and as `savePieces`. */
  async save(token: string, choose: ChooseSavePath, unfinished: Unfinished): Promise<Saved> {
    const file = this.#made.get(token);
    const at = momentStem(Date.parse(file.made.at));
    const stem = `${fileStem(file.cluster.context, 'cluster')}-${file.deed}-${at}.minos-plan`;
    return savePieces({ stem, extension: 'yaml', choose, unfinished }, async function* () {
      await Promise.resolve();
      yield planText(file);
    });
  }

  /**
   * Reads the file of a plan and finds the context that leads to its cluster: the one in use, else the one called as in the file, else any.
   * Asks no machine. Throws Failed: `file-invalid` with a line, `too-large`, `conflict` where no context leads there, `invalid` for a deed or a
   * parameter that this Minos has not.
   */
  async open(path: string, { inUse }: CallInput<'deeds.openPlan'>): Promise<OpenedPlan> {
    const name = basename(path);
    const { bytes } = await readFileBytes(path, MOST_PLAN_BYTES);
    if (!isUtf8(bytes)) throw new Failed({ code: 'file-invalid', message: `${name} is not UTF-8 text.` });
    const plan = readPlan(bytes.toString('utf8'), name);
    const { made, cluster, deed, machines } = plan;
    const params = this.#paramsOf(plan);
    const context = this.#contextOf(plan, inUse);
    if (context === undefined) {
      throw new Failed({
        code: 'conflict',
        message: `This plan is for another cluster, whose context was called ${quoted(cluster.context)}: no context of the open files leads to it.`,
        hint: 'Open the talosconfig that has it. Clusters are told apart by their CA, whatever their contexts are called.',
      });
    }
    const opened = this.#opened.keep({ name, plan }, bytes.length);
    const nodes = machines.map(({ node }) => node);
    return {
      ...{ file: name, madeAtMs: Date.parse(made.at), minos: made.by },
      wish: { context: context.id, nodes, deed, params, opened },
    };
  }

  /** A file that was opened, for a context of its cluster. Throws Failed `not-found` for an old token, `conflict` for another cluster or deed. */
  opened(token: string, context: ContextSummary, deed: string): OpenedFile {
    const file = this.#opened.get(token);
    if (!leadsTo(context, file.plan) || file.plan.deed !== deed)
      throw new Failed({ code: 'conflict', message: 'The file of this plan is for another cluster, or another deed.' });
    return file;
  }

  #paramsOf({ deed, params }: PlanFile): PlanFile['params'] {
    const definition = this.#options.definitions.find(({ id }) => id === deed);
    if (definition === undefined)
      throw new Failed({ code: 'invalid', message: `This Minos has no deed that is called ${quoted(deed)}.` });
    const never = definition.params.find(
      ({ id, isSensitive, isGiven }) => params[id] !== undefined && (isSensitive === true || isGiven === true),
    );
    if (never !== undefined)
      throw new Failed({
        code: 'invalid',
        message: `${never.title}: Minos writes it into no file, and takes it from none.`,
      });
    checkParams(definition, params);
    return params;
  }

  #contextOf(plan: PlanFile, inUse: string | undefined): ContextSummary | undefined {
    const all = this.#options.contexts.current.contexts.filter((each) => each.isUsable && leadsTo(each, plan));
    return all.find(({ id }) => id === inUse) ?? all.find(({ name }) => name === plan.cluster.context) ?? all[0];
  }
}

const leadsTo = (context: ContextSummary, { cluster }: PlanFile): boolean =>
  deedPlace(context).cluster === cluster.authorities.join(' ');
