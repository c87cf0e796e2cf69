import {
  SampleRing,
  type BlackBoxHead,
  type BlackBoxItem,
  type BoxedAttention,
  type BoxedFailure,
  type Failure,
  type TimelineEntry,
} from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import { assertNever } from '../../lib/assert-never.ts';
import { toFailure } from '../../lib/operation-failed.ts';
import type { Session } from '../../state/context.ts';
import { sessionPart } from '../../state/session-part.ts';

/** A black box that is looked at: read once, then it changes no more. */
export class OpenedBox {
  readonly head: BlackBoxHead;
  readonly rings = new Map<string, SampleRing>();
  /** True once everything has come. */
  isWhole = $state(false);
  failure = $state.raw<Failure | undefined>();
  entries: readonly TimelineEntry[] = [];
  attention: readonly BoxedAttention[] = [];
  failures: readonly BoxedFailure[] = [];

  constructor(client: Client, head: BlackBoxHead) {
    this.head = head;
    void this.#collect(client);
  }

  async #collect(client: Client): Promise<void> {
    try {
      for await (const { items } of client.open('blackbox', { id: this.head.id })) {
        for (const item of items) this.#apply(item);
      }
      this.entries = [...this.entries].sort((a, b) => b.atMs - a.atMs);
      this.isWhole = true;
    } catch (thrown) {
      this.failure = toFailure(thrown);
    }
  }

  #apply(item: BlackBoxItem): void {
    switch (item.type) {
      case 'timeline':
        this.entries = [...this.entries, ...item.entries];
        return;
      case 'attention':
        this.attention = [...this.attention, ...item.items];
        return;
      case 'failures':
        this.failures = [...this.failures, ...item.failures];
        return;
      case 'samples': {
        const ring = this.rings.get(item.node) ?? new SampleRing();
        this.rings.set(item.node, ring);
        for (const sample of item.samples) ring.add(sample);
        return;
      }
      default:
        assertNever(item);
    }
  }
}

/** The black box that is open in a window, if one is. */
class BlackBoxView {
  box = $state.raw<OpenedBox | undefined>();
}

/** The black box of a window. */
export const blackBoxOf = sessionPart(() => new BlackBoxView());

/** Asks for a file and shows it; what is wrong with it is said. */
export async function openBox(session: Session): Promise<void> {
  const outcome = await session.client.call('blackbox.open', {});
  if (outcome.ok) blackBoxOf(session).box = new OpenedBox(session.client, outcome.value);
  else if (outcome.failure.code !== 'cancelled') session.notices.say(outcome.failure.message, 'bad');
}

/** Saves the last hour of the context in use where the user chooses. */
export async function saveBox(session: Session): Promise<void> {
  const context = session.current.id;
  if (context === undefined) return;
  const outcome = await session.client.call('blackbox.save', { context });
  if (!outcome.ok) session.notices.say(outcome.failure.message, 'bad');
  else if (outcome.value.isSaved) session.notices.say(`Saved ${outcome.value.name}.`);
}
