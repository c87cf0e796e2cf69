import type { Run } from '../../../state/run.svelte.ts';
import { sessionPart } from '../../../state/session-part.ts';
import { initialParams } from '../../../state/start-run.ts';
import type { Session } from '../../../state/context.ts';
import { TableFilter } from '../../../state/tables/table-filter.svelte.ts';
import type { AskedOfNode } from './node-tabs.ts';

/** Answers that are kept to be shown again at once; older ones are asked anew. */
const MOST_KEPT = 100;

/** What a tab shows beside its answers. */
interface TabMemory {
  /** Which of its commands, by what it is called; the first one where there is none of that name. */
  chosen: string;
  /** What its table is filtered by, on whichever node. */
  readonly filter: TableFilter;
}

/** The answers that pages of nodes show: each is a run on one node, asked when it is first looked at. */
class NodeAnswersState {
  readonly #session: Session;
  readonly #runs = new Map<string, Run>();
  readonly #tabs = new Map<string, TabMemory>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** What a tab remembers. */
  tab(id: string): TabMemory {
    const memory = this.#tabs.get(id) ?? { chosen: '', filter: new TableFilter() };
    this.#tabs.set(id, memory);
    return memory;
  }

  /** The answer that is there, else a new one, or one that is asked anew; undefined where it cannot be asked, see `whyNotRunIn`. */
  of(node: string, { command: id, params = {} }: AskedOfNode, isAnew = false): Run | undefined {
    const { commands, current, preferences, runs } = this.#session;
    const command = commands.current?.find((each) => each.id === id);
    const context = current.context;
    if (!command || !context?.isUsable) return undefined;
    const key = JSON.stringify([context.id, node, id, params]);
    const known = isAnew ? undefined : this.#runs.get(key);
    // One that main or the user let go of meanwhile is asked again.
    if (known && runs.list.includes(known)) return known;
    const run = runs.start(
      {
        context: context.id,
        contextName: context.name,
        command,
        params: { ...initialParams(command), ...params },
        nodes: [node],
        deadlineMs: preferences.deadlineMs,
      },
      { isShown: false },
    );
    this.#runs.delete(key);
    this.#runs.set(key, run);
    for (const old of [...this.#runs.keys()].slice(0, -MOST_KEPT)) this.#runs.delete(old);
    return run;
  }
}

/** Of this window. */
export const nodeAnswersOf = sessionPart((session) => new NodeAnswersState(session));
