import type { Failure, NodeHealth, NodeSeen, NodeSummary } from '../../../preload/contract/index.ts';
import { seenAfter } from '../clusters/nodes-seen.ts';
import { versionInOs } from '../clusters/version-in-os.ts';
import { isWell, lastingFacts, type ToldFacts } from './told-facts.ts';
import { answered, NEW_RECORD, notAnswered, shownState, type NodeRecord } from './node-record.ts';

/** Failures that a node itself says: it answered. */
const SAID_BY_NODE: ReadonlySet<Failure['code']> = new Set([
  'denied',
  'invalid',
  'not-found',
  'not-supported',
  'precondition',
]);

/** What {@link NodeEntry} tells of. */
export interface EntryEvents {
  readonly now: () => number;
  /** `state`: it is in another condition. `facts`: it told something new. `age`: it was heard. */
  readonly onChange: (what: 'state' | 'facts' | 'age') => void;
}

/** One node: whether it answers, and what it told of itself. */
export class NodeEntry {
  summary: NodeSummary;
  isWatched = false;
  readonly #events: EntryEvents;
  #record: NodeRecord = NEW_RECORD;
  #facts: ToldFacts = {};
  #refused: Failure | undefined;
  #forgotten = 0;
  #isOld = false;

  constructor(summary: NodeSummary, events: EntryEvents) {
    this.summary = summary;
    this.#events = events;
  }

  get node(): string {
    return this.summary.target;
  }

  get record(): NodeRecord {
    return this.#record;
  }

  get facts(): ToldFacts {
    return this.#facts;
  }

  /** How often what it told was forgotten, since it was not reached: it is to be read anew once it answers. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Nobody reads it for now: what it told is old, and shown until it answers again. */
  unwatched(): void {
    this.isWatched = false;
    this.#isOld = true;
  }

  /** It answered something. */
  heard(): void {
    this.#dropOld();
    this.#set(answered(this.#record, this.#events.now(), isWell(this.#facts)));
  }

  /** It told something of itself; what is undefined is not known any more. */
  tell(facts: { readonly [F in keyof ToldFacts]: ToldFacts[F] | undefined }): void {
    this.#dropOld();
    this.#facts = withFacts(this.#facts, facts);
    this.#refused = undefined;
    this.heard();
    this.#events.onChange('facts');
  }

  /**
   * A call to it ended like this; `askedAtMs` is when it began. Returns what that says of the node being there; undefined where it
   * says nothing, since the way to it failed.
   */
  failed(error: unknown, failure: Failure, askedAtMs: number): NodeSeen | undefined {
    const nowMs = this.#events.now();
    if (SAID_BY_NODE.has(failure.code)) {
      this.#refused = failure;
      this.heard();
      return { state: 'online', atMs: nowMs };
    }
    const seen = seenAfter({ error, failure }, nowMs);
    if (seen === undefined) return undefined;
    if (seen.state === 'online') {
      this.heard();
      return seen;
    }
    // Silence of one call is none where another was answered meanwhile.
    if (seen.state === 'silent' && (this.#record.seenAtMs ?? 0) > askedAtMs) return undefined;
    this.#notAnswered(failure, nowMs, nowMs);
    return seen;
  }

  /** What another call of the app found, such as a run. */
  fed(seen: NodeSeen | undefined): void {
    if (seen === undefined || seen.atMs <= Math.max(this.#record.seenAtMs ?? 0, this.#record.failedAtMs ?? 0)) return;
    if (seen.state === 'online') {
      this.#dropOld();
      this.#set(answered(this.#record, seen.atMs, isWell(this.#facts)));
      return;
    }
    const message = seen.message ?? `${this.node} did not answer.`;
    const failure: Failure = { code: 'unreachable', message, where: { node: this.node }, retry: 'safe', traceId: '' };
    this.#notAnswered(failure, seen.atMs, seen.sinceMs ?? seen.atMs);
  }

  /** As the page sees it; `staleAfterMs` is how long a node may be silent before what it said does not count any more. */
  view(nowMs: number, staleAfterMs: number): Omit<NodeHealth, 'mayGoDown'> {
    const { hostname, role, os } = this.summary;
    const { seenAtMs, notReachedSinceMs, failure = this.#refused } = this.#record;
    const { machine, services, diagnostics, version } = this.#facts;
    const known = version ?? versionInOs(os);
    return {
      node: this.node,
      ...(hostname !== undefined && { hostname }),
      role,
      ...shownState(this.#record, nowMs, staleAfterMs),
      source: this.isWatched ? 'watch' : 'probe',
      ...(seenAtMs !== undefined && { seenAtMs }),
      ...(notReachedSinceMs !== undefined && { notReachedSinceMs }),
      ...(failure !== undefined && { failure }),
      ...(machine !== undefined && { stage: machine.stage, isReady: machine.isReady }),
      unmetConditions: machine?.unmetConditions ?? [],
      services: services ?? [],
      diagnostics: diagnostics ?? [],
      ...(known !== undefined && { version: known }),
      ...shownFigures(this.#facts),
    };
  }

  #dropOld(): void {
    if (this.#isOld) this.#facts = lastingFacts(this.#facts, true);
    this.#isOld = false;
  }

  #notAnswered(failure: Failure, atMs: number, sinceMs: number): void {
    // What it told was true of the time before.
    this.#facts = lastingFacts(this.#facts, false);
    this.#forgotten += 1;
    this.#set(notAnswered(this.#record, atMs, failure, sinceMs));
  }

  #set(record: NodeRecord): void {
    const before = this.#record;
    this.#record = record;
    this.#events.onChange(before.condition === record.condition ? 'age' : 'state');
  }
}

function withFacts(before: ToldFacts, facts: { readonly [F in keyof ToldFacts]: ToldFacts[F] | undefined }): ToldFacts {
  const all = Object.entries({ ...before, ...facts }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all);
}

/** The figures that the page gets as they are; what only rules look at stays. */
function shownFigures({ bootedAtMs, cpu, memory, disk, kubernetes, answer }: ToldFacts) {
  return {
    ...(answer && { answer }),
    ...(bootedAtMs !== undefined && { bootedAtMs }),
    ...(cpu && { cpu }),
    ...(memory && { memory }),
    ...(disk && { disk }),
    ...(kubernetes && { kubernetes }),
  };
}
