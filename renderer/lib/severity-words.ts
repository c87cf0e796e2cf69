import type { Problem } from '../../preload/contract/problem.ts';

const WORDS: Readonly<Record<Problem['severity'], string>> = { error: '✕ Error', warning: '▲ Warning', info: 'ℹ Note' };

/** How serious something is, with a sign, so that colour is not all that tells. */
export const severityWords = (severity: Problem['severity']): string => WORDS[severity];
