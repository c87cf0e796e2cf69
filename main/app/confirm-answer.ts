import type { ConfirmAnswer } from '../../preload/contract/index.ts';

/** What the window sent, as an answer; anything that is not exactly a confirmation is a refusal. */
export function confirmAnswer(sent: unknown): ConfirmAnswer {
  const { isConfirmed, typed } = (typeof sent === 'object' && sent !== null ? sent : {}) as Record<string, unknown>;
  if (isConfirmed !== true || typeof typed !== 'string') return { isConfirmed: false, typed: '' };
  return { isConfirmed: true, typed };
}
