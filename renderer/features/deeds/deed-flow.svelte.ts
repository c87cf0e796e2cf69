import type {
  CallInput,
  ContextSummary,
  DeedOrder,
  DeedPreview,
  DeedProgress,
  DeedRecord,
  DeedsState,
  DeedSummary,
  DeedsUnderWay,
  Failure,
  OpenedPlan,
  Rehearsal,
} from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';
import { Answer } from '../../state/answer.svelte.ts';
import type { Session } from '../../state/context.ts';
import { deedJournal } from '../../state/deeds/deed-journal.ts';
import { Live } from '../../state/live.ts';
import type { Notices } from '../../state/notices.svelte.ts';
import { sessionPart } from '../../state/session-part.ts';

/** What is to be done. */
export type DeedWish = CallInput<'deeds.plan'>;

/** One deed from the wish to its end, as the window shows it. What is done goes on in main when the sheet is closed. */
class DeedFlow {
  /** What was done to clusters, newest first. */
  readonly journal: Live<DeedsState>;
  /** What can be done, each with what has to be said for it. */
  readonly kinds: Answer<readonly DeedSummary[]>;
  /** Deeds that are under way. */
  readonly underWay: Live<DeedsUnderWay>;
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #contexts: () => readonly ContextSummary[];
  #wish = $state.raw<DeedWish | undefined>();
  #preview = $state.raw<DeedPreview | undefined>();
  #failure = $state.raw<Failure | undefined>();
  #isApplying = $state(false);
  #isEdited = $state(false);
  /** The file that is being planned anew. */
  #file = $state.raw<OpenedPlan | undefined>();
  /** Deeds that the journal had when this one was confirmed. */
  #before: ReadonlySet<string> = new Set();
  #hasBegun = $state(false);
  #planning = new AbortController();
  #rehearsal = $state.raw<Live<Rehearsal> | undefined>();

  constructor({ client, notices, topics }: Session, journal: Live<DeedsState>) {
    this.#client = client;
    this.#notices = notices;
    this.#contexts = () => topics.config.current?.contexts ?? [];
    this.kinds = new Answer(() => client.call('deeds.list', {}));
    this.journal = journal;
    this.underWay = new Live((listener) => client.watch('deeds.progress', {}, listener));
  }

  /** Undefined: nothing is planned. */
  get wish(): DeedWish | undefined {
    return this.#wish;
  }

  /** What has to be said for it; undefined where nothing has, or that is not known yet. */
  get kind(): DeedSummary | undefined {
    const kind = this.kinds.current?.find(({ id }) => id === this.#wish?.deed);
    return kind?.params.length === 0 ? undefined : kind;
  }

  /** Plans of this kind can be rehearsed; undefined while that is not known. */
  get isRehearsed(): boolean | undefined {
    const kind = this.kinds.current?.find(({ id }) => id === this.#wish?.deed);
    return kind && kind.isRehearsed === true;
  }

  /** The rehearsal of the plan; undefined while there is none. It goes on while somebody reads it. */
  get rehearsal(): Live<Rehearsal> | undefined {
    return this.#rehearsal;
  }

  /** Tries the plan out on a simulated cluster; one of before is forgotten. */
  rehearse(): void {
    const { token } = this.#preview?.head ?? {};
    if (token === undefined || this.#isApplying) return;
    this.#rehearsal = new Live((listener) => this.#client.watch('deeds.rehearsal', { token }, listener));
  }

  /** Ends the rehearsal, wherever it is, and forgets it. */
  endRehearsal(): void {
    this.#rehearsal = undefined;
  }

  /** Something still has to be said before it can be planned. */
  get isDraft(): boolean {
    const said = this.#wish?.params ?? {};
    const { params = [], needsOneOf } = this.kind ?? {};
    return (
      params.some(({ id, required }) => required && said[id] === undefined) ||
      (needsOneOf?.every((id) => said[id] === undefined) ?? false)
    );
  }

  /** What was said is why it cannot be planned. */
  get isSaidWrong(): boolean {
    const field = this.#failure?.where?.field;
    return this.kind?.params.some(({ id }) => id === field) ?? false;
  }

  /** The same as a try, which the machine takes back by itself; undefined where it is one, or cannot be. */
  get asTry(): DeedWish | undefined {
    const wish = this.#wish;
    const mode = this.kind?.params.find(({ id }) => id === 'mode');
    if (wish === undefined || wish.params['mode'] === 'try' || mode?.choices?.includes('try') !== true)
      return undefined;
    return { ...wish, params: { ...wish.params, mode: 'try' } };
  }

  /** How it would be done; undefined while the machines are read. */
  get preview(): DeedPreview | undefined {
    return this.#preview;
  }

  /** Why it could not be planned, or was not done. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  get isApplying(): boolean {
    return this.#isApplying;
  }

  /** Why nothing can be done at the moment; the journal is not known yet, or cannot be written. */
  get problem(): string | undefined {
    const { deeds, problem } = this.journal.current ?? {};
    return problem ?? (deeds === undefined ? 'What was done before is still being read.' : undefined);
  }

  /** This deed in the journal, once it has begun. */
  get record(): DeedRecord | undefined {
    if (!this.#hasBegun) return undefined;
    const { deed } = this.#preview ?? {};
    const { caFingerprints = [] } = this.#contexts().find(({ id }) => id === this.#wish?.context) ?? {};
    // Another window may begin one of the same words on another cluster.
    const isElsewhere = ({ cluster }: DeedRecord): boolean =>
      caFingerprints.length > 0 && cluster?.split(' ').some((each) => caFingerprints.includes(each)) === false;
    return this.journal.current?.deeds?.find(
      (each) => !this.#before.has(each.id) && each.deed === deed && !isElsewhere(each),
    );
  }

  /** Machines that allow it, where others do not. */
  get allowed(): readonly string[] {
    const { refused, machines = [] } = this.#preview ?? {};
    const those = machines.filter((machine) => machine.refused === undefined).map(({ node }) => node);
    return refused !== undefined || those.length === machines.length ? [] : those;
  }

  /** The file that it comes from; undefined where it comes from none. */
  get file(): OpenedPlan | undefined {
    return this.#file?.wish.opened === this.#wish?.opened ? this.#file : undefined;
  }

  /** Opens the file of a plan, of the system's dialog or one that was dropped, and plans it anew. `inUse`: the context that is preferred. */
  async openFile(inUse: string | undefined, dropped?: string): Promise<void> {
    const parts = { ...(inUse !== undefined && { inUse }), ...(dropped !== undefined && { dropped }) };
    const outcome = await this.#client.call('deeds.openPlan', parts);
    if (outcome.ok) {
      const { wish } = outcome.value;
      this.open({ ...wish, nodes: [...wish.nodes] });
      this.#file = outcome.value;
    } else if (outcome.failure.code !== 'cancelled') {
      const { message, hint = '' } = outcome.failure;
      this.#notices.say(`${showUnseen(message)} ${showUnseen(hint)}`.trim(), 'bad');
    }
  }

  /** Saves the plan that is shown as a file. */
  async save(): Promise<void> {
    const { saved } = this.#preview ?? {};
    if (saved === undefined) return;
    const outcome = await this.#client.call('deeds.savePlan', { saved });
    if (!outcome.ok) this.#notices.say(outcome.failure.message, 'bad');
    else if (outcome.value.isSaved) this.#notices.say(`Saved ${outcome.value.name}.`);
  }

  /** Plans, or waits for what has to be said first; nothing is done yet. */
  open(wish: DeedWish): void {
    this.close();
    this.#wish = wish;
    if (this.kinds.failure !== undefined) void this.kinds.again();
    if (!this.isDraft) void this.plan();
  }

  /** What is to be done is being changed: the plan that is shown is void. */
  edit(): void {
    if (this.#isApplying) return;
    this.#planning.abort();
    this.endRehearsal();
    this.#isEdited = true;
    this.#preview = undefined;
    this.#failure = undefined;
  }

  /** What was said is being changed, so that there is no plan. */
  get isEdited(): boolean {
    return this.#isEdited;
  }

  /** Reads the machines anew and plans again. */
  async plan(): Promise<void> {
    const wish = this.#wish;
    if (wish === undefined || this.isDraft) return;
    this.#planning.abort();
    const planning = new AbortController();
    this.#planning = planning;
    this.endRehearsal();
    this.#preview = undefined;
    this.#failure = undefined;
    const outcome = await this.#client.call('deeds.plan', wish, { signal: planning.signal });
    if (planning.signal.aborted) return;
    if (outcome.ok) this.#preview = outcome.value;
    else this.#failure = outcome.failure;
  }

  /** Plans it for the machines that allow it. */
  leaveOut(): void {
    if (this.#wish !== undefined && this.allowed.length > 0) this.open({ ...this.#wish, nodes: [...this.allowed] });
  }

  /** Asks for the confirmation, which comes in a window of its own, and does it. */
  async apply(): Promise<void> {
    const wish = this.#wish;
    const { head, deed = '' } = this.#preview ?? {};
    if (head === undefined || this.#isApplying || this.problem !== undefined) return;
    this.#before = new Set(this.journal.current?.deeds?.map(({ id }) => id));
    this.endRehearsal();
    this.#isApplying = true;
    this.#hasBegun = true;
    this.#failure = undefined;
    const outcome = await this.#client.call('plans.apply', { token: head.token });
    const failure = outcome.ok || outcome.failure.code === 'cancelled' ? undefined : outcome.failure;
    if (this.#wish !== wish) {
      // Its sheet was closed meanwhile: another one that is open now knows nothing of it.
      if (failure !== undefined) this.#notices.say(`${showUnseen(deed)}: ${showUnseen(failure.message)}`, 'bad');
      return;
    }
    this.#isApplying = false;
    this.#failure = failure;
    // What was not even begun is planned anew before it is tried again.
    if (!outcome.ok && this.record === undefined) this.#hasBegun = false;
  }

  /** How far a deed is; undefined when it is over. */
  progressOf(id: string): DeedProgress | undefined {
    return this.underWay.current?.deeds.find((deed) => deed.id === id);
  }

  /** Tells a deed that is under way what to do. What came too late is of no account: what it does is shown anew. */
  async order(id: string, order: DeedOrder, node?: string): Promise<void> {
    const outcome = await this.#client.call('deeds.order', { id, order, ...(node !== undefined && { node }) });
    if (!outcome.ok && outcome.failure.code !== 'not-found') this.#notices.say(outcome.failure.message, 'bad');
  }

  /** Looks up what came of a deed of which nobody saw it, now. */
  async lookUp(id: string): Promise<void> {
    const outcome = await this.#client.call('deeds.lookUp', { id });
    if (!outcome.ok) this.#notices.say(outcome.failure.message, 'bad');
  }

  /** Plans a deed for the machines where it was not done: read anew, and confirmed anew. */
  async planRest(id: string): Promise<void> {
    const outcome = await this.#client.call('deeds.rest', { id });
    if (outcome.ok) this.open({ ...outcome.value, nodes: [...outcome.value.nodes] });
    else this.#notices.say(outcome.failure.message, 'bad');
  }

  /** Forgets what is shown. What was confirmed goes on. */
  close(): void {
    this.#planning.abort();
    this.endRehearsal();
    this.#wish = undefined;
    this.#preview = undefined;
    this.#failure = undefined;
    this.#isApplying = false;
    this.#hasBegun = false;
    this.#isEdited = false;
  }
}

/** A file with a plan, by its name: dropped ones never tell the page what they hold. */
const isPlanFile = ({ name }: File): boolean => /\.minos-plan\.ya?ml$/i.test(name);

/** The deed of a window. */
export const deedFlow = sessionPart((session) => {
  const flow = new DeedFlow(session, deedJournal(session));
  session.imports.claimDrops(
    (files) => files.length === 1 && files.every(isPlanFile),
    (token) => void flow.openFile(session.current.id, token),
  );
  return flow;
});
