import type { Failure } from '../../../preload/contract/index.ts';

/** Hints that say what to do of their own accord: those of encrypted texts. */
const SAYS_WHAT_TO_RUN = /first: |with: /;

/** A failure of looking at a file, in words for what was pasted: there is no file to choose or correct. */
export function ofPaste({ where, ...failure }: Failure, label: string): Failure {
  const subject = failure.message.startsWith(label)
    ? `What you pasted${failure.message.slice(label.length)}`
    : failure.message;
  const message = subject
    .replaceAll(`${label} (`, 'what you pasted (')
    .replace(/\b(gzip) file\b/, '$1')
    .replace(/\b(this|the|whole) file\b/g, '$1 text');
  const { hint = '' } = failure;
  const { line, column, field } = where ?? {};
  // Not an import: the page merges it as what it is.
  if (field === 'kubeconfig') return { ...failure, message, where: { field } };
  return {
    ...failure,
    message,
    hint: SAYS_WHAT_TO_RUN.test(hint)
      ? hint.replace(' FILE', ' FILE, and paste what it prints.')
      : hint.startsWith('These are')
        ? hint
        : 'Copy a whole talosconfig, or a Secret, base64 or Markdown with one, and paste it again.',
    ...(line !== undefined && column !== undefined && { where: { line, column } }),
  };
}
