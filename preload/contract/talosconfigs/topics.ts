import { call, nothing } from '../call.ts';
import type { TalosconfigState } from './contexts.ts';

/** Topics about talosconfig files. */
export const talosconfigTopics = {
  /** The talosconfig in use, its contexts and their problems. */
  'config.state': call<TalosconfigState>()(nothing),
} as const;
