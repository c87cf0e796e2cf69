import type { MainSettings, PageSettings } from '../../../preload/contract/index.ts';
import { formatDuration, formatNumber, plural } from '../../lib/format.ts';

/** Everything that can be chosen and taken to another computer. */
export type AllSettings = MainSettings & Required<PageSettings>;

/** A setting, and what each of its values is called. */
interface SettingWords<T> {
  readonly label: string;
  readonly value: (value: T) => string;
}

const onOff = (isOn: boolean): string => (isOn ? 'on' : 'off');
const days = (count: number): string => plural(count, 'day');
const among =
  <T extends string>(words: Readonly<Record<T, string>>) =>
  (value: T): string =>
    words[value];

/** What each setting is called, in the order of the screen. */
export const SETTING_WORDS: { readonly [K in keyof AllSettings]: SettingWords<AllSettings[K]> } = {
  theme: { label: 'Theme', value: among({ system: 'As the system', light: 'Light', dark: 'Dark' }) },
  density: {
    label: 'Rows of tables',
    value: among({ compact: 'Compact', default: 'Default', comfortable: 'Comfortable' }),
  },
  rail: {
    label: 'List of screens',
    value: among({ auto: 'Words where there is room', labels: 'Words', icons: 'Signs' }),
  },
  timeZone: {
    label: 'Times are shown in',
    value: among({ local: 'The time of this computer', utc: 'UTC' }),
  },
  dates: {
    label: 'Dates and times are written',
    value: among({ system: 'As in this region', plain: '3 Mar 2026, 14:02:11', iso: '2026-03-03 14:02:11' }),
  },
  deadlineMs: { label: 'A run waits for a node', value: formatDuration },
  nodesAtOnce: { label: 'Nodes asked at a time', value: formatNumber },
  isNotifying: { label: 'Notices of what is serious', value: onOff },
  isTellingExpiry: { label: 'Notices of certificates that end', value: onOff },
  isLookingForUpdates: { label: 'Look for updates of Minos once a day', value: onOff },
  versionDays: { label: 'Old versions of talosconfigs and kubeconfigs are kept for', value: days },
  deedKeepDays: { label: 'What was done to machines is kept for', value: days },
};

/** One setting that would change. */
export interface SettingChange {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** What would change if these were chosen, in the order of the screen. */
export function changesTo(now: AllSettings, wanted: Partial<AllSettings>): readonly SettingChange[] {
  return (Object.keys(SETTING_WORDS) as (keyof AllSettings)[]).flatMap((key) => changeOf(key, now, wanted));
}

function changeOf<K extends keyof AllSettings>(
  key: K,
  now: AllSettings,
  wanted: Partial<AllSettings>,
): readonly SettingChange[] {
  const to = wanted[key];
  if (to === undefined || to === now[key]) return [];
  const { label, value } = SETTING_WORDS[key];
  return [{ label, from: value(now[key]), to: value(to) }];
}
