/** What the name of a context means to YAML, and so to talosctl, in a file that has it without quotes. */
export type UnquotedName = 'nothing' | 'date';

/** Undefined for names that are text, numbers or booleans: talosctl takes those as they are spelled. */
export function unquotedName(name: string): UnquotedName | undefined {
  if (isYamlNull(name)) return 'nothing';
  return isYamlDate(name) ? 'date' : undefined;
}

/** True for what YAML's core schema reads as null where it has no quotes: nothing, `~`, `null`, `Null` and `NULL`. */
export const isYamlNull = (text: string): boolean => /^(~|null|Null|NULL)?$/.test(text);

const DATE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?)?$/;

/** As talosctl's YAML library reads it: a day that exists, perhaps with a time. */
export function isYamlDate(text: string): boolean {
  const found = DATE.exec(text);
  if (!found) return false;
  const [year, month, day, h, m, s, hour, minute, second] = found.slice(1).map((part) => Number(part ?? 0));
  const [at, lastDay] = [month ?? 0, new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate()];
  const isDay = at >= 1 && at <= 12 && (day ?? 0) >= 1 && (day ?? 0) <= lastDay;
  return isDay && Math.max(h ?? 0, hour ?? 0) < 24 && [m, s, minute, second].every((part) => (part ?? 0) < 60);
}
