import type { ConfirmQuestion, DeedPreview, DeedRecord } from '../../preload/contract/index.ts';
import type { ShowQuestion } from '../../main/operations/confirm.ts';
import type { TestWorkspace } from './open-workspace.ts';

/** Applies plans of the workspace that is open, and tells of the newest deed in its journal. */
export const triedDeeds = (opened: () => TestWorkspace) => ({
  apply: ({ head }: DeedPreview): Promise<unknown> => opened().workspace.plans.apply(head?.token ?? ''),
  newest: (): DeedRecord | undefined => opened().workspace.deeds.journal.state.current.deeds?.[0],
});

/** A user who confirms whatever is asked, and the questions are kept. `typed` is what is typed, by default what is asked for. */
export const confirming =
  (
    asked: ConfirmQuestion[],
    { typed, meanwhile }: { readonly typed?: () => string | undefined; readonly meanwhile?: () => unknown } = {},
  ): ShowQuestion =>
  async (question) => {
    asked.push(question);
    await meanwhile?.();
    return { isConfirmed: true, typed: typed?.() ?? question.typed ?? '' };
  };
