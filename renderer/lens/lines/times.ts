/** A time that stands in a line: epoch ms with fractions, and where the line goes on after it. */
export interface LineTime {
  readonly ms: number;
  /** Where the text begins that is not the time. 0 where the time stands inside (JSON). */
  readonly end: number;
}

const FROM_1970 = Date.UTC(1970, 0, 1);
const UNTIL_2200 = Date.UTC(2200, 0, 1);

const ZERO = 48;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** The number of `count` digits at a place; NaN when one of them is none. */
function digits(text: string, at: number, count: number): number {
  let number = 0;
  for (let index = at; index < at + count; index += 1) {
    const code = text.charCodeAt(index);
    if (!isDigit(code)) return Number.NaN;
    number = number * 10 + code - ZERO;
  }
  return number;
}

/** `.123456` as ms, and where it ends; `,` is a point in some languages' logs. */
function fraction(text: string, at: number): { readonly ms: number; readonly end: number } {
  const code = text.charCodeAt(at);
  if ((code !== 46 && code !== 44) || !isDigit(text.charCodeAt(at + 1))) return { ms: 0, end: at };
  let [ms, scale, end] = [0, 100, at + 1];
  for (; isDigit(text.charCodeAt(end)); end += 1) {
    ms += (text.charCodeAt(end) - ZERO) * scale;
    scale /= 10;
  }
  return { ms, end };
}

/** `14:02:11`, as ms of the day; NaN when it is none. */
function timeOfDay(text: string, at: number): number {
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return Number.NaN;
  const [hours, minutes, seconds] = [digits(text, at, 2), digits(text, at + 3, 2), digits(text, at + 6, 2)];
  // A leap second is the first moment after it.
  return hours < 24 && minutes < 60 && seconds <= 60 ? ((hours * 60 + minutes) * 60 + seconds) * 1000 : Number.NaN;
}

/** The zone after a time: `Z`, `+02:00`, `-0700`, or none, which is UTC. */
function zone(text: string, at: number): { readonly ms: number; readonly end: number } {
  const code = text.charCodeAt(at);
  if (code === 90) return { ms: 0, end: at + 1 };
  if (code !== 43 && code !== 45) return { ms: 0, end: at };
  const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0;
  const [hours, minutes] = [digits(text, at + 1, 2), digits(text, at + 3 + colon, 2)];
  if (!(hours < 24 && minutes < 60)) return { ms: 0, end: at };
  return { ms: (code === 43 ? 1 : -1) * (hours * 60 + minutes) * 60_000, end: at + 5 + colon };
}

/** RFC 3339 at a place, also with a blank or slashes as Go's own log has them (`2026/08/21 16:42:35`). */
function rfc3339(text: string, at: number): LineTime | undefined {
  const between = text.charCodeAt(at + 4);
  if ((between !== 45 && between !== 47) || text.charCodeAt(at + 7) !== between) return undefined;
  const separator = text.charCodeAt(at + 10);
  if (separator !== 84 && separator !== 32 && separator !== 116) return undefined;
  const [year, month, day] = [digits(text, at, 4), digits(text, at + 5, 2), digits(text, at + 8, 2)];
  const ofDay = timeOfDay(text, at + 11);
  if (!(year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31) || Number.isNaN(ofDay)) return undefined;
  const part = fraction(text, at + 19);
  const offset = zone(text, part.end);
  return { ms: Date.UTC(year, month - 1, day) + ofDay + part.ms - offset.ms, end: offset.end };
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** A date without a year is of that which brings it nearest to when the line came. */
function withYear(month: number, day: number, ofDayMs: number, nearMs: number): number {
  const year = new Date(nearMs).getUTCFullYear();
  let best = Number.NaN;
  for (const candidate of [year - 1, year, year + 1]) {
    const ms = Date.UTC(candidate, month, day) + ofDayMs;
    if (Number.isNaN(best) || Math.abs(ms - nearMs) < Math.abs(best - nearMs)) best = ms;
  }
  return best;
}

/** `I0821 16:42:35.123456`, UTC as Talos's services write it. */
function klog(text: string, at: number, nearMs: number): LineTime | undefined {
  const [month, day] = [digits(text, at + 1, 2), digits(text, at + 3, 2)];
  const ofDay = timeOfDay(text, at + 6);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31) || Number.isNaN(ofDay)) return undefined;
  const part = fraction(text, at + 14);
  return { ms: withYear(month - 1, day, ofDay + part.ms, nearMs), end: part.end };
}

/** `Aug 21 16:42:35`, the day with a blank in front when it has one digit. */
function syslog(text: string, at: number, nearMs: number): LineTime | undefined {
  const month = MONTHS.indexOf(text.slice(at, at + 3));
  if (month < 0 || month % 3 !== 0 || text.charCodeAt(at + 3) !== 32) return undefined;
  const day = text.charCodeAt(at + 4) === 32 ? digits(text, at + 5, 1) : digits(text, at + 4, 2);
  const ofDay = timeOfDay(text, at + 7);
  if (!(day >= 1 && day <= 31) || Number.isNaN(ofDay)) return undefined;
  const part = fraction(text, at + 15);
  return { ms: withYear(month / 3, day, ofDay + part.ms, nearMs), end: part.end };
}

/** Seconds, ms, µs or ns since 1970, told apart by how large they are. */
function epoch(number: number): number | undefined {
  let ms = number * 1000;
  for (let step = 0; step < 3 && ms > UNTIL_2200; step += 1) ms /= 1000;
  return ms > FROM_1970 + 1e11 && ms < UNTIL_2200 ? ms : undefined;
}

const JSON_TIME =
  /"(?:ts|time|timestamp|@timestamp|t|talos-time)" ?: ?(?:"([^"]{15,40})"|(\d{9,19}(?:\.\d+)?)(?=[,}\s]))/;
const LOGFMT_TIME = /(?:^|\s)(?:time|ts|t)=(?:"([^"]{15,40})"|(\S{9,40}))/;

/** How far a time may stand inside a line. */
const LOOKED_AT = 2048;

function inside(text: string, pattern: RegExp): LineTime | undefined {
  const match = pattern.exec(text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text);
  if (match === null) return undefined;
  const [, quoted, bare = ''] = match;
  const written = quoted ?? bare;
  const found = rfc3339(written, 0)?.ms ?? (/^\d{9,19}(?:\.\d+)?$/.test(written) ? epoch(Number(written)) : undefined);
  return found === undefined ? undefined : { ms: found, end: 0 };
}

/**
 * The time a line carries: RFC 3339 at its start (also in brackets, and as CRI writes it), klog, the kernel's as Talos writes it,
 * syslog (RFC 3164 and 5424), fields of JSON and of `name=value` lines. Without a zone it is UTC, which nodes run on. `nearMs`
 * decides the year of dates that have none.
 */
export function timeOf(line: string, nearMs: number): LineTime | undefined {
  const first = line.charCodeAt(0);
  if (isDigit(first)) return rfc3339(line, 0);
  if (first === 123) return inside(line, JSON_TIME);
  if (first === 91) {
    const found = rfc3339(line, 1);
    return found && { ms: found.ms, end: line.charCodeAt(found.end) === 93 ? found.end + 1 : found.end };
  }
  // I, W, E, F
  if ((first === 73 || first === 87 || first === 69 || first === 70) && isDigit(line.charCodeAt(1))) {
    const found = klog(line, 0, nearMs);
    if (found !== undefined) return found;
  }
  if (first === 60) return afterPriority(line, nearMs);
  if (first >= 65 && first <= 90 && line.charCodeAt(3) === 32) {
    const found = syslog(line, 0, nearMs);
    if (found !== undefined) return found;
  }
  if (first >= 97 && first <= 122) {
    const bracket = line.indexOf(': [');
    if (bracket > 0 && bracket < 24) {
      const found = rfc3339(line, bracket + 3);
      // `]: ` follows.
      if (found !== undefined) return { ms: found.ms, end: Math.min(line.length, found.end + 2) };
    }
  }
  return line.includes('=') ? inside(line, LOGFMT_TIME) : undefined;
}

/** Syslog with its priority: `<34>1 2026-…` or `<34>Aug 21 …`. */
function afterPriority(line: string, nearMs: number): LineTime | undefined {
  const close = line.indexOf('>');
  if (close < 2 || close > 4) return undefined;
  const at = line.startsWith('1 ', close + 1) ? close + 3 : close + 1;
  return rfc3339(line, at) ?? syslog(line, at, nearMs);
}
