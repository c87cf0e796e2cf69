import { expect, it } from 'vitest';
import type { LensEvent } from '../../../../preload/contract/index.ts';
import { lastStart, machineMarks } from '../../../../renderer/features/lens/events/machine-marks.ts';
import type { TimedEvent } from '../../../../renderer/features/lens/events/node-events.svelte.ts';

let count = 0;
const told = (atMs: number, kind: LensEvent['kind'], subject: string, action = '', isError = false): TimedEvent => ({
  atMs,
  event: { id: `e${count++}`, actor: '', kind, subject, action, message: '', isError },
});

const BOOT = [
  told(1_000, 'sequence', 'boot', 'START'),
  told(1_000, 'machine-status', 'booting'),
  told(2_000, 'phase', 'etc', 'START'),
  told(4_000, 'phase', 'etc', 'STOP'),
  told(4_000, 'phase', 'mount', 'START'),
  told(5_000, 'phase', 'mount', 'STOP', true),
  told(60_000, 'machine-status', 'running'),
  told(61_000, 'sequence', 'boot', 'STOP'),
  told(70_000, 'machine-status', 'running'),
  told(80_000, 'service', 'etcd', 'FAILED', true),
];

it('a stage lasts until another one, a phase from start to stop, and what failed is red', () => {
  const marks = machineMarks(BOOT).map(({ lane, label, fromMs, toMs, tone }) => [lane, label, fromMs, toMs, tone]);

  expect(marks).toEqual([
    ['sequence', 'boot', 1_000, 61_000, 'info'],
    ['stage', 'booting', 1_000, 60_000, 'warn'],
    ['phase', 'etc', 2_000, 4_000, 'info'],
    ['phase', 'mount', 4_000, 5_000, 'bad'],
    ['stage', 'running', 60_000, undefined, 'info'],
    ['service', 'etcd FAILED', 80_000, 80_000, 'bad'],
  ]);
});

it('the last start is seen from its first sequence until it ran', () => {
  const again = [...BOOT, told(500_000, 'sequence', 'initialize', 'START'), told(510_000, 'sequence', 'boot', 'START')];

  expect(lastStart(BOOT)).toEqual({ fromMs: -5_000, toMs: 67_000 });
  expect(lastStart(again)).toEqual({ fromMs: 495_000, toMs: 515_000 });
  expect(lastStart([told(1, 'service', 'etcd', 'RUNNING')])).toBeUndefined();
});
