import { setImmediate } from 'node:timers/promises';
import type { Failure, LensGap, LensItem, LensSourceState, LensSourceWish } from '../../../preload/contract/index.ts';
import { backoffMs } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { pause } from '../../lib/pause.ts';
import { callEnd } from '../clusters/call-end.ts';
import type { Caller } from '../clusters/caller.ts';
import { readEvent, type SentEvent } from './event-payload.ts';
import { EventsAgain, type Break } from './events-again.ts';
import { LinesAgain } from './lines-again.ts';
import { PartialLines } from './partial-lines.ts';
import { LastLines } from './rejoin.ts';
import { endedByNode, noAnswer, notThere } from './source-failures.ts';
import { openSource } from './source-requests.ts';
import { WholeLines, type Lines } from './whole-lines.ts';

/** One source, and where what it brings goes. */
export interface SourceFollowerOptions {
  readonly wish: LensSourceWish;
  readonly source: number;
  readonly follow: boolean;
  readonly tail: number;
  /** Asked for before each try: the context may have got other endpoints or credentials. Throws Failed. */
  readonly caller: () => Caller;
  readonly push: (item: LensItem) => void;
  /** What was pushed waits for a page that does not look. */
  readonly isLeft: () => boolean;
  readonly clock: Clock;
  readonly random: () => number;
  /** Told whenever something came from the node. */
  readonly onHeard: () => void;
  /** Told what a stream broke with. */
  readonly onBroke: (error: unknown, why: Failure) => void;
  /** Told once it stands or came to grief: the next source may be asked for. */
  readonly stands: () => void;
  readonly signal: AbortSignal;
}

/** Between tries; the first is soon, since another endpoint may do. */
const RETRY = { firstMs: 250, factor: 2, jitter: 0.2, ceilingMs: 5000 };
/** A stream that stood for so long was none of a row of failures. */
const STEADY_MS = 5000;
/** Lines asked for again after a break, to find where it was. */
const ASKED_AGAIN = 5000;
/** What is asked for again has come when the known lines are among it and nothing comes for so long … */
const QUIET_MS = 400;
/** … or after this, in a log that never is quiet or no longer has them. */
const MOST_REJOIN_MS = 3000;
/** Bytes that become lines at a time, and characters of one item. */
const BYTES_AT_ONCE = 64 * 1024;
const ITEM_CHARACTERS = 32 * 1024;

/** Lines asked for again, until it is known where they go on. */
interface Rejoining {
  readonly gap: Break;
  readonly again: LinesAgain;
  /** The part of a line that had come before the break. */
  readonly rest: Lines;
  due: () => void;
  readonly sinceMs: number;
}

/** Follows one source over one stream after another, and puts their ends together so that no line comes twice or is missing unsaid. */
export class SourceFollower {
  readonly wish: LensSourceWish;
  /** The endpoint its stream runs over, while it does. */
  endpoint: string | undefined;
  caller: Caller | undefined;
  readonly #options: SourceFollowerOptions;
  readonly #last = new LastLines();
  readonly #partial = new PartialLines();
  readonly #events = new EventsAgain();
  #eventsDue: () => void = () => undefined;
  #lines = new WholeLines();
  #lastEndpoint: string | undefined;
  #containerId: string | undefined;
  #rejoining: Rejoining | undefined;
  #state: LensSourceState['state'] | undefined;
  #isAway = false;
  #failures = 0;
  #way: AbortController | undefined;
  #brokeAt: number | undefined;
  #hasCome = false;
  #wake: () => void = () => undefined;

  constructor(options: SourceFollowerOptions) {
    this.#options = options;
    this.wish = options.wish;
  }

  /** Until the signal aborts, or all has come, or asking again would not help. Never rejects. */
  async follow(): Promise<void> {
    const { follow, signal, clock, random } = this.#options;
    this.#tell({ state: 'connecting', sinceMs: clock.now() });
    while (!signal.aborted) {
      const startedAt = clock.monotonic();
      const error = await this.#read().then(
        () => undefined,
        (thrown: unknown) => thrown ?? new Error('it broke'),
      );
      this.endpoint = undefined;
      this.#settle();
      if (signal.aborted) return;
      this.#options.stands();
      if (!follow && error === undefined) {
        this.#end();
        this.#tell({ state: 'ended', sinceMs: clock.now() });
        return;
      }
      if (!this.#broke(error)) return;
      this.#failures = clock.monotonic() - startedAt > STEADY_MS ? 1 : this.#failures + 1;
      await this.#pause(backoffMs(this.#failures, random(), RETRY));
    }
  }

  /** Begins anew over another way; what came is not lost. */
  reopen(): void {
    this.#way?.abort();
    this.#wake();
  }

  /** The container goes by another id now: it was started anew. */
  restarted(containerId: string): void {
    const { source, clock, push } = this.#options;
    const isFirst = this.#containerId === undefined;
    if (containerId === this.#containerId) return;
    this.#containerId = containerId;
    if (isFirst && !this.#isAway) return;
    const gapMs = this.#brokeAt === undefined ? 0 : clock.monotonic() - this.#brokeAt;
    // What came again of the old one is told before the new one begins.
    this.#settle();
    this.#end();
    this.#last.clear();
    this.#hasCome = true;
    this.#brokeAt = undefined;
    this.#isAway = false;
    const from = this.#lastEndpoint ?? '';
    push({ type: 'gap', source, atMs: clock.now(), from, to: from, gapMs, missing: 'restarted', containerId });
    this.reopen();
  }

  /** The node does not have the container at the moment. */
  away(): void {
    if (this.#isAway) return;
    this.#isAway = true;
    this.#brokeAt ??= this.#options.clock.monotonic();
    this.#tell({ state: 'away', sinceMs: this.#options.clock.now(), failure: notThere(this.wish) });
  }

  /** What is known of the node, for a stream that is not away or over. */
  nodeIs(
    state:
      | { readonly isThere: true }
      | { readonly isThere: false; readonly sinceMs: number; readonly why?: Failure | undefined },
  ): void {
    if (this.#isAway || this.#state === 'ended' || this.#state === 'failed') return;
    if (!state.isThere) {
      const why = state.why ?? noAnswer(this.wish, this.#lastEndpoint);
      this.#tell({ state: 'silent', sinceMs: state.sinceMs, failure: why });
    } else if (this.endpoint !== undefined) this.#opened(this.endpoint);
  }

  async #read(): Promise<void> {
    const { follow, tail, signal, clock, onHeard } = this.#options;
    const { wish } = this;
    const way = new AbortController();
    this.#way = way;
    this.caller = this.#options.caller();
    const isAgain = this.#hasCome && follow;
    const isLog = wish.kind !== 'events';
    // After a restart everything is new.
    const again = this.#last.known.length === 0 ? -1 : ASKED_AGAIN;
    let isFirst = true;
    const messages = openSource(this.caller, wish, {
      follow,
      tail: isAgain && isLog ? again : tail,
      ...(isAgain && !isLog && { afterEvent: this.#events.after }),
      containerId: this.#containerId,
      isLeft: this.#options.isLeft,
      signal: AbortSignal.any([signal, way.signal]),
      avoid: this.#failures > 0 && this.#lastEndpoint !== undefined ? [this.#lastEndpoint] : [],
      onEndpoint: (endpoint) => {
        this.endpoint = endpoint;
        if (isFirst && this.#brokeAt !== undefined) this.#begin(endpoint, clock.monotonic() - this.#brokeAt, isLog);
        isFirst = false;
        this.#lastEndpoint = endpoint;
      },
    });
    for await (const message of messages) {
      onHeard();
      if (this.endpoint !== undefined) this.#opened(this.endpoint);
      this.#hasCome = true;
      if ('events' in message) this.#takeEvents(message.events);
      else await this.#take(message.bytes);
    }
  }

  /** A stream stands again after a break. */
  #begin(endpoint: string, gapMs: number, isLog: boolean): void {
    const { clock } = this.#options;
    const from = this.#lastEndpoint ?? endpoint;
    this.#brokeAt = undefined;
    if (!isLog) {
      this.#events.begin({ from, gapMs });
      // One that has nothing to tell has lost what was known, too.
      this.#eventsDue = clock.after(MOST_REJOIN_MS, () => {
        const broken = this.#events.giveUp();
        if (broken !== undefined) this.#gap(broken, 'unknown');
      });
      return;
    }
    // The whole log comes again, also the part of a line that had come.
    const rest = this.#lines.end();
    if (this.#last.known.length === 0) return;
    this.#rejoining = {
      gap: { from, gapMs },
      again: new LinesAgain(),
      rest,
      due: () => undefined,
      sinceMs: clock.monotonic(),
    };
    this.#await(this.#rejoining);
  }

  #takeEvents(sent: readonly SentEvent[]): void {
    const { source, clock, push } = this.#options;
    const { events, over } = this.#events.take(sent);
    if (over !== undefined) {
      this.#eventsDue();
      this.#gap(over, over.missing);
    }
    const read = events.flatMap((event) => readEvent(event) ?? []);
    if (read.length > 0) push({ type: 'events', source, events: read, atMs: clock.now() });
  }

  async #take(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; from += BYTES_AT_ONCE) {
      // A node that sends megabytes in one message must not hold up the others.
      if (from > 0) await setImmediate();
      const taken = this.#lines.take(
        bytes.length <= BYTES_AT_ONCE ? bytes : bytes.subarray(from, from + BYTES_AT_ONCE),
      );
      const joining = this.#rejoining;
      if (joining === undefined) {
        this.#push(taken);
        continue;
      }
      joining.again.add(taken);
      if (this.#isOver(joining)) this.#settle();
      else this.#await(joining);
    }
  }

  #await(joining: Rejoining): void {
    joining.due();
    joining.due = this.#options.clock.after(QUIET_MS, () => {
      // A node that has sent nothing yet is waited for, and one that stopped short of what is known already.
      if (joining.again.isEmpty) return;
      if (this.#isOver(joining) || this.#joined(joining).missing === 'nothing') this.#settle();
      else this.#await(joining);
    });
  }

  #isOver({ sinceMs }: Rejoining): boolean {
    return this.#options.clock.monotonic() - sinceMs > MOST_REJOIN_MS;
  }

  #joined({ again }: Rejoining): ReturnType<LinesAgain['after']> {
    return again.after(this.#last.known, this.wish.kind === 'kernel' ? Infinity : ASKED_AGAIN);
  }

  /** Enough has come to tell where the log goes on. */
  #settle(): void {
    const joining = this.#rejoining;
    this.#rejoining = undefined;
    joining?.due();
    this.#eventsDue();
    const untold = this.#events.giveUp() ?? (joining?.again.isEmpty === true ? joining.gap : undefined);
    // Broke again before anything came: the next try goes on from the same place.
    if (untold !== undefined) this.#brokeAt ??= this.#options.clock.monotonic() - untold.gapMs;
    if (joining === undefined || untold !== undefined) return;
    const { missing, ...lines } = this.#joined(joining);
    if (missing !== 'nothing') {
      this.#push(joining.rest);
      this.#tellLines(this.#partial.end());
    }
    this.#gap(joining.gap, missing);
    this.#push(lines);
  }

  #gap({ from, gapMs }: Break, missing: LensGap['missing']): void {
    const { source, clock, push } = this.#options;
    push({ type: 'gap', source, atMs: clock.now(), from, to: this.#lastEndpoint ?? from, gapMs, missing });
  }

  /** No more comes of this log. */
  #end(): void {
    this.#push(this.#lines.end());
    this.#tellLines(this.#partial.end());
  }

  #push(lines: Lines): void {
    if (lines.lines.length === 0) return;
    this.#last.add(lines.lines);
    this.#tellLines(this.wish.kind === 'container' ? this.#partial.take(lines) : lines);
  }

  #tellLines({ lines, cut }: Lines): void {
    if (lines.length === 0) return;
    const { source, clock, push } = this.#options;
    const atMs = clock.now();
    let [from, length] = [0, 0];
    for (let to = 0; to <= lines.length; to += 1) {
      const next = lines[to]?.length ?? 0;
      if (to < lines.length && (to === from || length + next < ITEM_CHARACTERS)) {
        length += next + 1;
        continue;
      }
      const ofItem = cut.filter((place) => place >= from && place < to).map((place) => place - from);
      const text = lines.slice(from, to).join('\n');
      push({ type: 'lines', source, text, count: to - from, atMs, ...(ofItem.length > 0 && { cut: ofItem }) });
      [from, length] = [to, next + 1];
    }
  }

  /** False when asking again would not help. */
  #broke(error: unknown): boolean {
    const { clock, follow, onBroke } = this.#options;
    const { wish } = this;
    this.#brokeAt ??= clock.monotonic();
    if (this.#way?.signal.aborted === true) return true;
    const why = error === undefined ? endedByNode(wish) : this.#explain(error);
    const isMissing = why.code === 'not-found' && (wish.kind === 'container' || wish.kind === 'service');
    if (isMissing && follow) {
      this.#isAway = true;
      this.#tell({ state: 'away', sinceMs: clock.now(), failure: why });
      return true;
    }
    const isVerdict = error !== undefined && callEnd(error) === 'verdict';
    if (!follow || isVerdict || isMissing) {
      this.#end();
      this.#tell({ state: 'failed', sinceMs: clock.now(), failure: why });
      return false;
    }
    onBroke(error, why);
    return true;
  }

  #explain(error: unknown): Failure {
    if (error instanceof Failed) return error.failure;
    const { node } = this.wish;
    return (
      this.caller?.explain(error, {
        node,
        ...(this.#lastEndpoint !== undefined && { endpoint: this.#lastEndpoint }),
      }) ?? noAnswer(this.wish, this.#lastEndpoint)
    );
  }

  #opened(endpoint: string): void {
    this.#isAway = false;
    if (this.#state === 'open') return;
    this.#options.stands();
    this.#tell({ state: 'open', sinceMs: this.#options.clock.now(), endpoint });
  }

  #tell(state: LensSourceState): void {
    this.#state = state.state;
    this.#options.push({ type: 'state', source: this.#options.source, ...state });
  }

  async #pause(ms: number): Promise<void> {
    const { clock, signal } = this.#options;
    await pause(clock, ms, signal, (goOn) => (this.#wake = goOn));
    this.#wake = () => undefined;
  }
}
