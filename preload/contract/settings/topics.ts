import { strictObject } from 'valibot';
import { call } from '../call.ts';
import type { MainSettings } from './settings.ts';

/** Topics about what the user chose. */
export const settingsTopics = {
  /** What main goes by now. */
  'settings.state': call<MainSettings>()(strictObject({})),
} as const;
