import type { LensEvent } from '../../../../preload/contract/index.ts';

const WORDS: Readonly<Record<LensEvent['kind'], string>> = {
  ...{ sequence: 'sequence', phase: 'phase', task: 'task', service: 'service', address: 'addresses of' },
  ...{ 'config-load-error': 'config not loaded', 'config-validation-error': 'config not valid' },
  ...{ 'machine-status': 'machine', restart: 'restart', unknown: 'event' },
};

/** What kind of event it is, in a word. */
export const eventKindWord = ({ kind }: LensEvent): string => WORDS[kind];
