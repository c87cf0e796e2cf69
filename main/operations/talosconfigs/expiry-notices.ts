import { formatMinute } from '../../../preload/contract/format/moments.ts';
import { plural } from '../../../preload/contract/format/numbers.ts';
import { validityOf, warningOf, type ContextSummary } from '../../../preload/contract/index.ts';

/** The least number of days a user was told of, by fingerprint of the certificate; 0: that it has expired. */
export type ToldDays = ReadonlyMap<string, number>;

/** A certificate whose user must be told something new. */
export interface DueNotice {
  readonly fingerprint: string;
  /** The threshold that was passed; 0 for the end itself. */
  readonly days: number;
  readonly notAfterMs: number;
  /** Those that use it, in the order of the files. */
  readonly contexts: readonly ContextSummary[];
}

/** What the desktop shows. Text only; `context` is the id of the one to open. */
export interface NoticeText {
  readonly title: string;
  readonly body: string;
  readonly context: string;
}

/** More at once are told of in one notice: a desktop full of them is read by nobody. */
const MOST_ALONE = 3;

/** The threshold a certificate has passed; undefined while none. The page draws its signs by the same rule. */
function passedDays(notAfterMs: number, nowMs: number): number | undefined {
  const warning = warningOf({ notAfterMs }, nowMs);
  return warning === 'ended' ? 0 : warning;
}

/**
 * What to tell now: each threshold once per certificate, and only the nearest one where several have passed. The most
 * urgent first.
 */
export function dueNotices(contexts: readonly ContextSummary[], told: ToldDays, nowMs: number): readonly DueNotice[] {
  const due = new Map<string, DueNotice>();
  for (const context of contexts) {
    if (context.certificate === undefined) continue;
    const { fingerprint, notAfterMs } = context.certificate;
    const days = passedDays(notAfterMs, nowMs);
    if (days === undefined || days >= (told.get(fingerprint) ?? Infinity)) continue;
    const users = due.get(fingerprint)?.contexts ?? [];
    due.set(fingerprint, { fingerprint, days, notAfterMs, contexts: [...users, context] });
  }
  return [...due.values()].sort((a, b) => a.notAfterMs - b.notAfterMs);
}

/** The words for what is due: a notice each, or one for all when they are many. */
export function noticeTexts(due: readonly DueNotice[], nowMs: number): readonly NoticeText[] {
  const [first] = due;
  if (first === undefined) return [];
  if (due.length <= MOST_ALONE) return due.map((one) => alone(one, nowMs));
  const ended = due.filter(({ days }) => days === 0).length;
  const left = due.length - ended;
  const title =
    left === 0
      ? `${ended} certificates have expired`
      : ended === 0
        ? `${left} certificates end soon`
        : `${ended} of ${due.length} certificates that need you have expired`;
  const body = `The first one is that of ${users(first)}: ${when(first, nowMs)}. Minos lists all under Contexts.`;
  return [{ title, body, context: first.contexts[0]?.id ?? '' }];
}

function alone(notice: DueNotice, nowMs: number): NoticeText {
  const [context] = notice.contexts;
  return {
    title: `The certificate of ${users(notice)} ${notice.days === 0 ? 'has expired' : endsIn(notice, nowMs)}`,
    body: `${notice.days === 0 ? 'It ended on' : 'It is valid until'} ${formatMinute(notice.notAfterMs)}. ${whatToDo(notice)}`,
    context: context?.id ?? '',
  };
}

function whatToDo({ days, contexts }: DueNotice): string {
  if (days === 0) return 'The cluster no longer accepts it, and it cannot renew itself. Minos says what is possible.';
  const mayRenew = contexts.some(({ certificate }) => certificate?.roles.includes('os:admin'));
  return mayRenew
    ? 'Minos can renew it until then.'
    : 'It may not renew itself: ask somebody with os:admin for a new one before then.';
}

const when = (notice: DueNotice, nowMs: number): string =>
  notice.days === 0 ? `it ended on ${formatMinute(notice.notAfterMs)}` : `it ${endsIn(notice, nowMs)}`;

function endsIn({ notAfterMs }: DueNotice, nowMs: number): string {
  const { days, hours } = validityOf({ notAfterMs }, nowMs);
  if (days >= 1) return `ends in ${plural(days, 'day')}`;
  if (hours >= 1) return `ends in ${plural(hours, 'hour')}`;
  return 'ends within the hour';
}

function users({ contexts }: DueNotice): string {
  const name = shownName(contexts[0]?.name ?? '');
  return contexts.length <= 1 ? name : `${name} and ${plural(contexts.length - 1, 'other context')}`;
}

/**
 * A name comes from a file, and a desktop may read marks in what it shows: control and direction characters are left
 * out, and so is what could begin a tag.
 */
export function shownName(name: string, longest = MAX_NAME): string {
  const clean = [...name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>&]/gu, '')];
  if (clean.length === 0) return 'a context without a name';
  return clean.length <= longest ? clean.join('') : `${clean.slice(0, longest).join('')}…`;
}

const MAX_NAME = 60;
