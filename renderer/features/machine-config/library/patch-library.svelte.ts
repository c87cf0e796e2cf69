import type { Failure, LibraryPatch, PatchLibraryState } from '../../../../preload/contract/index.ts';
import type { Client } from '../../../lib/bridge.ts';
import { showUnseen } from '../../../lib/unseen-signs.ts';
import type { Session } from '../../../state/context.ts';
import type { Notices } from '../../../state/notices.svelte.ts';
import { sessionPart } from '../../../state/session-part.ts';

/** What a patch is kept as. */
export type NamedPatch = Pick<LibraryPatch, 'name' | 'about' | 'text'> & { readonly id?: string };

/** The patches that the user keeps, as this window knows them, and the one whose values are asked for. */
export class PatchLibrary {
  state = $state.raw<PatchLibraryState | undefined>();
  failure = $state.raw<Failure | undefined>();
  /** Common jobs for the config that is looked at; undefined until they were asked for. */
  jobs = $state.raw<readonly LibraryPatch[] | undefined>();
  jobsFailure = $state.raw<Failure | undefined>();
  /** The config that {@link jobs} are for, by its token: another one may take other forms. */
  jobsOf = $state.raw<string | undefined>();
  /** The list is shown. */
  isOpen = $state(false);
  /** The one that is about to be used: its variables want values. */
  using = $state.raw<LibraryPatch | undefined>();
  /** What was typed for them. Forgotten with the next one. */
  values = $state<Record<string, string>>({});
  fillFailure = $state.raw<Failure | undefined>();
  #isAsked = false;
  #asked = 0;
  readonly #client: Client;
  readonly #notices: Notices;

  constructor({ client, notices }: Pick<Session, 'client' | 'notices'>) {
    this.#client = client;
    this.#notices = notices;
  }

  /** Those that are kept, as far as they are known; asked for when first needed. */
  get saved(): readonly LibraryPatch[] {
    if (!this.#isAsked) {
      this.#isAsked = true;
      void this.load();
    }
    return this.state?.saved ?? [];
  }

  /** Reads the list anew. */
  async load(): Promise<void> {
    const outcome = await this.#client.call('patches.list', {});
    this.failure = outcome.ok ? undefined : outcome.failure;
    if (outcome.ok) this.state = outcome.value;
  }

  /** Asks for the common jobs as patches for an opened config. */
  async loadJobs(token: string): Promise<void> {
    const asked = ++this.#asked;
    if (this.jobsOf !== token) this.jobs = undefined;
    this.jobsOf = token;
    const outcome = await this.#client.call('patches.jobs', { token });
    if (this.#asked !== asked) return;
    this.jobs = outcome.ok ? outcome.value : undefined;
    this.jobsFailure = outcome.ok ? undefined : outcome.failure;
  }

  /** Begins to use one. */
  begin(patch: LibraryPatch): void {
    this.isOpen = true;
    this.using = patch;
    this.fillFailure = undefined;
    this.values = Object.fromEntries(
      patch.variables.map(({ name, initial, words, wants }) => [
        name,
        initial ?? words?.[0] ?? (wants === 'bool' ? 'true' : ''),
      ]),
    );
  }

  /** Uses none, and forgets what was typed. */
  leave(): void {
    this.using = undefined;
    this.values = {};
    this.fillFailure = undefined;
  }

  /** Its text with the values; undefined where one is not taken: {@link fillFailure} says which. */
  async filled(): Promise<string | undefined> {
    const { using } = this;
    if (using === undefined) return undefined;
    const outcome = await this.#client.call('patches.fill', { text: using.text, values: { ...this.values } });
    if (this.using !== using) return undefined;
    this.fillFailure = outcome.ok ? undefined : outcome.failure;
    if (!outcome.ok) return undefined;
    this.leave();
    return outcome.value.text;
  }

  /** Keeps one. Answers why it is not kept. */
  async save(patch: NamedPatch): Promise<Failure | undefined> {
    const outcome = await this.#client.call('patches.save', patch);
    if (!outcome.ok) return outcome.failure;
    await this.load();
    return undefined;
  }

  /** Deletes one; the notice takes it back. */
  async remove({ id, name, about, text }: LibraryPatch): Promise<void> {
    const outcome = await this.#client.call('patches.remove', { id });
    if (outcome.ok)
      this.#notices.say(`Deleted the patch ${showUnseen(name)}`, 'info', {
        label: 'Undo',
        run: () => void this.save({ id, name, about, text }).then((failure) => (this.failure = failure)),
      });
    await this.load();
    if (!outcome.ok) this.failure = outcome.failure;
  }

  /** Keeps patches of files that the user chooses. */
  async importFiles(): Promise<void> {
    const outcome = await this.#client.call('patches.import', {});
    if (!outcome.ok && outcome.failure.code === 'cancelled') return;
    await this.load();
    if (!outcome.ok) this.failure = outcome.failure;
  }

  /** Saves one as a file. */
  async exportFile({ id, name }: LibraryPatch): Promise<void> {
    const outcome = await this.#client.call('patches.export', { id });
    if (!outcome.ok) this.failure = outcome.failure;
    else if (outcome.value.isSaved) this.#notices.say(`Saved ${showUnseen(name)} as ${showUnseen(outcome.value.name)}`);
  }
}

/** The library of a window. */
export const patchLibraryOf = sessionPart((session) => new PatchLibrary(session));
