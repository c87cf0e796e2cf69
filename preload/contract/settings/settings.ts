import * as v from 'valibot';
import { KEEP_DAYS } from '../deeds/deeds.ts';

/** Most nodes that one run asks at a time, to choose from. */
export const NODES_AT_ONCE = [8, 16, 32, 64, 128] as const;

/** For how many days old versions of talosconfigs and kubeconfigs can be kept; they hold old keys. */
export const VERSION_DAYS = [30, 90, 365] as const;

/** Looks that can be chosen; `system` follows the computer. */
export const THEMES = ['system', 'light', 'dark'] as const;

/** Heights of rows that can be chosen. */
export const DENSITIES = ['compact', 'default', 'comfortable'] as const;

/** How the list of screens can be drawn; `auto` is words where there is room. */
export const RAILS = ['auto', 'labels', 'icons'] as const;

/** Which time is shown: that of the computer, or UTC. */
export const TIME_ZONES = ['local', 'utc'] as const;

/** How dates and times are written: as in the region of the computer, day month year, or year-month-day. */
export const DATE_FORMS = ['system', 'plain', 'iso'] as const;

/** How long a run waits for a node, to choose from, in ms. */
export const DEADLINES_MS = [5_000, 30_000, 120_000, 600_000] as const;

/** What main goes by, any part of it. */
export const mainSettings = v.strictObject({
  nodesAtOnce: v.exactOptional(v.picklist(NODES_AT_ONCE)),
  versionDays: v.exactOptional(v.picklist(VERSION_DAYS)),
  deedKeepDays: v.exactOptional(v.picklist(KEEP_DAYS)),
  /** Notices of the desktop that tell of certificates that end. */
  isTellingExpiry: v.exactOptional(v.boolean()),
  /** Notices of the desktop that tell of serious items of attention lists. */
  isNotifying: v.exactOptional(v.boolean()),
  /** Once a day the address of the build is asked for a newer version of Minos. */
  isLookingForUpdates: v.exactOptional(v.boolean()),
});

/** What the page alone goes by and keeps, any part of it. */
export const pageSettings = v.strictObject({
  theme: v.exactOptional(v.picklist(THEMES)),
  density: v.exactOptional(v.picklist(DENSITIES)),
  rail: v.exactOptional(v.picklist(RAILS)),
  timeZone: v.exactOptional(v.picklist(TIME_ZONES)),
  dates: v.exactOptional(v.picklist(DATE_FORMS)),
  deadlineMs: v.exactOptional(v.picklist(DEADLINES_MS)),
});

/** All that the user chose of what main goes by. */
export type MainSettings = Readonly<Required<v.InferOutput<typeof mainSettings>>>;

/** What the user chose of what the page goes by, as far as a file says it. */
export type PageSettings = Readonly<v.InferOutput<typeof pageSettings>>;

/** Settings of a file that the user chose. Nothing of them is in use yet. */
export interface OfferedSettings {
  /** Name of the file. */
  readonly file: string;
  readonly main: Partial<MainSettings>;
  readonly page: PageSettings;
}
