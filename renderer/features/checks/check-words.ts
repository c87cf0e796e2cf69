import type { CheckState, CheckStep } from '../../../preload/contract/index.ts';
import type { Segment, SegmentState } from '../../components/segment.ts';
import { formatDuration, formatTime, plural } from '../../lib/format.ts';
import type { CheckPhase, HealthCheck } from './checks.svelte.ts';

/** It was tried when the end came, so it is not one that was not run. */
export const isGivenUp = ({ state, sinceMs }: CheckStep): boolean => state === 'not-run' && sinceMs !== undefined;

/** The sign of a check, by shape as well as colour. */
export const CHECK_SIGN: Readonly<Record<CheckState, 'ready' | 'busy' | 'unknown' | 'failed' | 'disabled'>> = {
  waiting: 'unknown',
  running: 'busy',
  ok: 'ready',
  skipped: 'disabled',
  failed: 'failed',
  'not-run': 'disabled',
};

const CHECK_WORD: Readonly<Record<CheckState, string>> = {
  waiting: 'not yet',
  running: 'waiting',
  ok: 'OK',
  skipped: 'does not apply',
  failed: 'failed',
  'not-run': 'not run',
};

/** What stands behind a check: its state and how long it has been so. */
export function checkWords({ state, sinceMs, endedAtMs }: CheckStep, nowMs: number): string {
  const word = CHECK_WORD[state];
  if (sinceMs === undefined) return word;
  if (state === 'running') return `${word} since ${formatTime(sinceMs)}${forLong(nowMs - sinceMs)}`;
  if (state === 'not-run') return `given up after ${formatDuration(whole(nowMs - sinceMs))}`;
  if (state === 'failed') return `${word}, waited since ${formatTime(sinceMs)}`;
  return state === 'ok' && endedAtMs !== undefined ? `${word} · ${formatDuration(endedAtMs - sinceMs)}` : word;
}

/** From a second on; what has just begun says nothing by its age. */
const forLong = (ms: number): string => (whole(ms) === 0 ? '' : ` (${formatDuration(whole(ms))})`);

/** Seconds that tick do not need their thousandths. */
const whole = (ms: number): number => Math.max(0, Math.floor(ms / 1000) * 1000);

const SEGMENT: Readonly<Record<CheckState, SegmentState>> = {
  waiting: 'waiting',
  running: 'running',
  ok: 'done',
  skipped: 'cancelled',
  failed: 'failed',
  'not-run': 'cancelled',
};

/** The checks as parts of a progress bar. */
export function segmentsOf(steps: readonly CheckStep[]): readonly Segment[] {
  return steps.map(({ name, state }) => ({ id: name, label: name, state: SEGMENT[state] }));
}

const PHASE_WORD: Readonly<Record<CheckPhase, string>> = {
  running: 'Running',
  healthy: 'Healthy',
  unhealthy: 'Not healthy',
  cancelled: 'Cancelled',
  broken: 'Broken off',
};

/** One sentence of how it stands; what was left out is counted, so that nobody takes it for passed. */
export function summaryOf(check: HealthCheck, nowMs: number): string {
  const { phase, steps, started, endedAtMs, blocking } = check;
  const count = (...states: readonly CheckState[]): number =>
    steps.filter(({ state }) => states.includes(state)).length;
  const passed = `${plural(count('ok'), 'check')} passed`;
  const givenUp = steps.filter(isGivenUp).length;
  const left = count('skipped', 'not-run') - givenUp;
  const rest = `${givenUp === 0 ? '' : `, ${givenUp} given up`}${left === 0 ? '' : `, ${left} not run`}`;
  if (started === undefined && phase === 'broken') return 'Could not begin.';
  const tookMs = (endedAtMs ?? nowMs) - (started?.startedAtMs ?? nowMs);
  if (phase !== 'running') return `${PHASE_WORD[phase]}: ${passed}${rest} in ${formatDuration(tookMs)}.`;
  const after = whole(tookMs) === 0 ? '' : ` after ${formatDuration(whole(tookMs))}`;
  return `${blocking ? `Waiting for ${blocking.name}. ` : 'Running: '}${passed}${rest}${after}.`;
}
