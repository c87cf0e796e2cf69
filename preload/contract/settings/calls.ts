import * as v from 'valibot';
import { call, nothing } from '../call.ts';
import type { Saved } from '../work/answers.ts';
import { mainSettings, pageSettings, type OfferedSettings } from './settings.ts';

/** Calls about what the user chose. */
export const settingsCalls = {
  /** Go by these from now on. Keeping old versions of files, or what was done to machines, for fewer days is confirmed in a window of its own. */
  'settings.change': call<void>()(mainSettings),
  /** Write the settings into a file that the user chooses: those of main, and those that the page keeps. No name, path or key is among them. */
  'settings.export': call<Saved>()(v.strictObject({ page: pageSettings })),
  /** Read the settings of a file that the user chooses, of at most 64 KiB. Changes nothing. */
  'settings.open': call<OfferedSettings>()(nothing),
} as const;
