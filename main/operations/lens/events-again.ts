import type { LensGap } from '../../../preload/contract/index.ts';
import { eventIdBefore, isEventId } from '../../talos/event-id.ts';
import { readEvent, type SentEvent } from './event-payload.ts';

/** A break that stands, until it is known what of it is missing. */
export type Break = Pick<LensGap, 'from' | 'gapMs'>;

/** What is new of what a node sent; `over` when that tells what is missing before it. */
interface NewEvents {
  readonly events: readonly SentEvent[];
  readonly over?: Break & Pick<LensGap, 'missing'>;
}

/**
 * The events of one source over its breaks. The last known one is asked for once more: a node that no longer has it (it was started
 * anew, or too many came since) may have lost others as well, which nothing else would tell.
 */
export class EventsAgain {
  #last: string | undefined;
  /** The id with which the first stream began, as a place to go on from while no event is known. */
  #greeting: string | undefined;
  #broken: Break | undefined;

  /** Ask for what came after this; undefined before anything came. */
  get after(): string | undefined {
    return this.#last === undefined ? this.#greeting : eventIdBefore(this.#last);
  }

  /** What was not told yet of a break, which is no longer known here then. */
  giveUp(): Break | undefined {
    const broken = this.#broken;
    this.#broken = undefined;
    return broken;
  }

  /** A stream stands again that was asked for what came {@link after}. */
  begin(broken: Break): void {
    this.#broken = broken;
  }

  take(sent: readonly SentEvent[]): NewEvents {
    const told = sent.filter(({ data }) => (data?.type_url ?? '') !== '');
    const last = this.#last;
    this.#greeting ??= sent.find(({ id }) => isEventId(id))?.id;
    this.#last = told.findLast(({ id }) => isEventId(id))?.id ?? last;
    const [first] = told;
    const events = last === undefined ? told : told.filter(({ id }) => id !== last);
    if (first === undefined || this.#broken === undefined) return { events };
    const broken = this.#broken;
    this.#broken = undefined;
    return { events, over: { ...broken, missing: first.id === last ? 'nothing' : missingBefore(first) } };
  }
}

/** The first event that a node has after a start is the beginning of a sequence. */
function missingBefore(first: SentEvent): LensGap['missing'] {
  const event = readEvent(first);
  return event?.kind === 'sequence' && event.action === 'START' ? 'restarted' : 'unknown';
}
