import { Failed } from '../lib/failed.ts';
import { freeName } from '../lib/free-name.ts';
import { assertNever } from '../lib/assert-never.ts';
import type { ClassifiedContext, MergeAction } from './merge-classify.ts';
import { credentialsOf, type ContextContent, type TalosconfigEdit } from './talosconfig-edit.ts';

/** What the user chose for one incoming context. */
export interface ContextChoice {
  readonly action: MergeAction;
  /** The context to overwrite; default: the one it was compared with, else its namesake. */
  readonly target?: string;
  /** The new name, for `rename`. */
  readonly name?: string;
}

/** What happens to one incoming context. */
export interface ContextStep {
  readonly id: string;
  /** Its name where it comes from. */
  readonly from: string;
  readonly action: 'add' | 'overwrite' | 'skip';
  /** Its name in the file; undefined when skipped without an equal. */
  readonly name?: string;
  /** True when only ca, crt and key are replaced: a renewed certificate. */
  readonly onlyCredentials?: boolean;
}

/** A merge, ready to be applied with `editTalosconfig`. */
export interface MergePlan {
  /** In the order they are applied. */
  readonly steps: readonly ContextStep[];
  readonly edits: readonly TalosconfigEdit[];
  /** `context:` after the merge. */
  readonly current: string;
  /**
   * What the file could be switched to: the name that the context which is current where it comes from has after the
   * merge, be it new, replaced or an equal one. Missing when it is left out, or is the file's current context anyway.
   */
  readonly switchTo?: string;
}

/** What a merge starts from. */
export interface MergeInput {
  /** All names of the file. */
  readonly existing: readonly string[];
  /** `context:` of the file. */
  readonly current: string;
  readonly incoming: readonly ClassifiedContext[];
  /** The id of what `context:` names where the contexts come from; '' when it is unset, anything else when it is not defined there. */
  readonly incomingCurrent: string;
  /** Contents of the incoming contexts, by id. */
  readonly contents: ReadonlyMap<string, ContextContent>;
}

/**
 * Plans a merge from choices, by id; a context without one gets its default. Names are worked through sorted bytewise, so
 * that the outcome does not depend on any order. The current context is switched only when `switchCurrent` is set. Throws
 * Failed `invalid` for a choice that cannot be done: a taken or missing name, two that overwrite one context.
 */
export function planTalosconfigMerge(
  input: MergeInput,
  choices: ReadonlyMap<string, ContextChoice>,
  options: { readonly switchCurrent?: boolean } = {},
): MergePlan {
  const draft = new MergeDraft(input);
  const choiceOf = (context: ClassifiedContext): ContextChoice =>
    choices.get(context.incoming.id) ?? { action: context.byDefault };
  const sorted = [...input.incoming].sort((a, b) => compareBytes(a.incoming.name, b.incoming.name));
  // Chosen names first: they are wishes, `-1` and `-2` are what is left.
  const wishes = sorted.filter((context) => choiceOf(context).action === 'rename');
  for (const context of [...wishes, ...sorted.filter((c) => !wishes.includes(c))])
    draft.take(context, choiceOf(context));
  const chosen = draft.steps.find((step) => step.id === input.incomingCurrent)?.name;
  const switchTo = chosen === input.current ? undefined : chosen;
  return {
    ...draft.finish(options.switchCurrent && switchTo !== undefined ? switchTo : input.current),
    ...(switchTo !== undefined && { switchTo }),
  };
}

/**
 * The same as `talosctl config merge` (docs/talos-behaviour.md): everything is added, contents are not compared, a taken
 * name gets `-1`, `-2` …, and the incoming current context becomes current under its new name. talosctl goes through the
 * names in random order; here they are sorted. Its quirk of an empty current context, when the incoming one names nothing,
 * is kept.
 */
export function planTalosctlConfigMerge(input: MergeInput): MergePlan {
  const draft = new MergeDraft(input);
  const sorted = [...input.incoming].sort((a, b) => compareBytes(a.incoming.name, b.incoming.name));
  for (const context of sorted) draft.take(context, { action: 'keep-both' });
  if (input.incomingCurrent === '') return draft.finish(input.current);
  return draft.finish(draft.steps.find((step) => step.id === input.incomingCurrent)?.name ?? '');
}

/** A plan while it is made. */
class MergeDraft {
  readonly steps: ContextStep[] = [];
  readonly #edits: TalosconfigEdit[] = [];
  readonly #input: MergeInput;
  readonly #names: Set<string>;
  readonly #overwritten = new Set<string>();
  readonly #isTaken = (name: string): boolean => this.#names.has(name);

  constructor(input: MergeInput) {
    this.#input = input;
    this.#names = new Set(input.existing);
  }

  finish(current: string): MergePlan {
    const select = current === this.#input.current ? [] : [{ kind: 'select', name: current } as const];
    return { steps: this.steps, edits: [...this.#edits, ...select], current };
  }

  take(context: ClassifiedContext, choice: ContextChoice): void {
    const { id, name: from } = context.incoming;
    switch (choice.action) {
      case 'skip': {
        const equal = context.class === 'identical' ? context.existing?.name : undefined;
        this.steps.push({ id, from, action: 'skip', ...(equal === undefined ? {} : { name: equal }) });
        return;
      }
      case 'overwrite':
        this.#overwrite(context, choice.target ?? context.existing?.name ?? from);
        return;
      case 'rename': {
        const name = choice.name ?? '';
        if (name === '') throw invalid(`“${from}” needs a new name.`, from);
        if (this.#isTaken(name)) throw invalid(`The name “${name}” is taken.`, from);
        this.#add(context, name);
        return;
      }
      case 'keep-both':
        this.#add(context, this.#isTaken(from) ? freeName(from, this.#isTaken) : from);
        return;
      default:
        assertNever(choice.action);
    }
  }

  #add(context: ClassifiedContext, name: string): void {
    const { id, name: from } = context.incoming;
    this.#names.add(name);
    this.#edits.push({ kind: 'add', name, content: this.#contentOf(context) });
    this.steps.push({ id, from, action: 'add', name });
  }

  /** A renewed certificate replaces ca, crt and key only: endpoints and nodes that the user has set stay. */
  #overwrite(context: ClassifiedContext, name: string): void {
    const { id, name: from } = context.incoming;
    if (!this.#input.existing.includes(name))
      throw invalid(`There is no context “${name}” to overwrite with “${from}”.`, from);
    if (this.#overwritten.has(name)) throw invalid(`Two incoming contexts would overwrite “${name}”.`, from);
    this.#overwritten.add(name);
    const content = this.#contentOf(context);
    const onlyCredentials = context.class === 'renewed' && context.existing?.name === name;
    if (onlyCredentials) {
      this.#edits.push({ kind: 'set-credentials', name, credentials: credentialsOf(content) });
      if (context.existing?.endpoints.length === 0 && context.incoming.endpoints.length > 0) {
        this.#edits.push({ kind: 'set-endpoints', name, endpoints: context.incoming.endpoints });
      }
    } else this.#edits.push({ kind: 'overwrite', name, content });
    this.steps.push({ id, from, action: 'overwrite', name, ...(onlyCredentials ? { onlyCredentials } : {}) });
  }

  #contentOf(context: ClassifiedContext): ContextContent {
    const content = this.#input.contents.get(context.incoming.id);
    if (!content) throw invalid(`“${context.incoming.name}” has no content to import.`, context.incoming.name);
    return content;
  }
}

/** Order of Go's sort: by bytes of UTF-8. */
const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const invalid = (message: string, context: string): Failed =>
  new Failed({ code: 'invalid', message, hint: 'Choose otherwise for it.', where: { context } });
