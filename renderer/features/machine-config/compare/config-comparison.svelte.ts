import type {
  AlikePatch,
  ComparedWith,
  ConfigDrift,
  DriftRow,
  ExpectedDifference,
  Failure,
  KeptBefore,
} from '../../../../preload/contract/index.ts';
import type { Client } from '../../../lib/bridge.ts';
import { toFailure } from '../../../lib/operation-failed.ts';
import type { Session } from '../../../state/context.ts';
import { sessionPart } from '../../../state/session-part.ts';

/** A comparison that is being made, or is there. */
interface Asked {
  readonly context: string;
  readonly against: ComparedWith | undefined;
  /** What the nodes are compared with, where it is none of them. */
  readonly baseTitle: string | undefined;
}

/** A patch that was made of differences. */
interface MadePatch extends AlikePatch {
  readonly node: string;
}

/** The comparison of a window. */
export class ConfigComparison {
  /** Nodes that are not compared. */
  left = $state.raw<ReadonlySet<string>>(new Set());
  /** What they are compared with: nothing for each other, `node:…`, `file`, `earlier:…`. */
  against = $state('');
  asked = $state.raw<Asked | undefined>();
  /** How many nodes were read; undefined while none are being read. */
  progress = $state.raw<{ readonly done: number; readonly of: number } | undefined>();
  drift = $state.raw<ConfigDrift | undefined>();
  failure = $state.raw<Failure | undefined>();
  /** Expected differences that are shown. */
  unfolded = $state.raw<ReadonlySet<ExpectedDifference>>(new Set());
  /** Rows that are to be made alike: all that are not expected where none is chosen. */
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  made = $state.raw<MadePatch | undefined>();
  madeFailure = $state.raw<Failure | undefined>();
  /** Configs from before, of one node. */
  earlier = $state.raw<{ readonly node: string; readonly kept: readonly KeptBefore[] } | undefined>();
  readonly #client: Client;
  #stop: AbortController | undefined;
  #context: string | undefined;
  /** The newest question for configs from before; an answer to an older one is of another node, or of another cluster. */
  #askedEarlier: object | undefined;

  constructor({ client }: Pick<Session, 'client'>) {
    this.#client = client;
  }

  /** It is looked at for a cluster: nodes of another one may have the same addresses, and are not carried over. */
  enter(context: string): void {
    if (this.#context === context) return;
    this.#context = context;
    this.cancel();
    this.#clear();
    this.left = new Set();
    this.against = '';
    this.unfolded = new Set();
    this.earlier = undefined;
    this.#askedEarlier = undefined;
  }

  /** Leaves a node out, or takes it in again. */
  leave(node: string): void {
    const next = new Set(this.left);
    if (!next.delete(node)) next.add(node);
    this.left = next;
  }

  /** Rows that are shown. */
  get rows(): readonly DriftRow[] {
    return (this.drift?.rows ?? []).filter(({ expected }) => expected === undefined || this.unfolded.has(expected));
  }

  /** Reads the nodes and compares them. What was there before goes: it is of another time. */
  async compare(asked: Asked, nodes: readonly string[]): Promise<void> {
    this.cancel();
    this.#clear();
    const stop = new AbortController();
    this.#stop = stop;
    this.asked = asked;
    this.progress = { done: 0, of: nodes.length };
    const { context, against } = asked;
    try {
      const params = { context, nodes: [...nodes], ...(against && { against }) };
      for await (const { items } of this.#client.open('configDrift', params, { signal: stop.signal })) {
        for (const item of items) {
          if (item.type === 'progress') this.progress = item;
          else this.drift = item.drift;
        }
      }
    } catch (thrown) {
      if (!stop.signal.aborted) this.failure = toFailure(thrown);
    }
    if (this.#stop === stop) this.progress = undefined;
  }

  /** Stops reading; what was not compared yet never is. */
  cancel(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.progress = undefined;
  }

  /** What deeds replaced on a node. */
  async readEarlier(context: string, node: string): Promise<void> {
    if (this.earlier?.node !== node) this.earlier = undefined;
    const asked = { context, node };
    this.#askedEarlier = asked;
    const outcome = await this.#client.call('machineConfig.before', asked);
    if (outcome.ok && this.#askedEarlier === asked) this.earlier = { node, kept: outcome.value };
  }

  toggle(expected: ExpectedDifference): void {
    const next = new Set(this.unfolded);
    if (!next.delete(expected)) next.add(expected);
    this.unfolded = next;
  }

  choose(row: string): void {
    const next = new Set(this.chosen);
    if (!next.delete(row)) next.add(row);
    this.chosen = next;
    this.#forgetMade();
  }

  /** The patch that makes a node like another one, or like what all are compared with. */
  async makeAlike(node: string, like: string | undefined): Promise<void> {
    const { drift } = this;
    if (!drift) return;
    this.#forgetMade();
    // What was chosen stays so when it is folded.
    const wanted = drift.rows.filter(({ id, expected }) => (this.chosen.size > 0 ? this.chosen.has(id) : !expected));
    const fields = wanted.map(({ id }) => id);
    if (fields.length === 0) return;
    const params = { token: drift.token, node, fields, ...(like !== undefined && { like }) };
    const outcome = await this.#client.call('machineConfig.alike', params);
    if (this.drift !== drift) return;
    if (outcome.ok) this.made = { ...outcome.value, node };
    else this.madeFailure = outcome.failure;
  }

  #forgetMade(): void {
    this.made = undefined;
    this.madeFailure = undefined;
  }

  #clear(): void {
    this.drift = undefined;
    this.failure = undefined;
    this.chosen = new Set();
    this.#forgetMade();
  }
}

/** The comparison of machine configs of a window. */
export const configComparisonOf = sessionPart((session) => new ConfigComparison(session));
