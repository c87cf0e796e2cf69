import { describe, expect, it } from 'vitest';
import { eventMs } from '../../../../main/talos/event-id.ts';
import { afterEvent, type ConfigHistory } from '../../../../main/operations/health/config-error.ts';
import type { LensEvent } from '../../../../preload/contract/index.ts';

/** What the library of the ids writes for 2018-07-12 15:03:22 UTC (its own example: 9m4e2mr0ui3e8a215n4g is 1300816219). */
const ID = '9m4e2mr0ui3e8a215n4g';

const event = (more: Partial<LensEvent>): LensEvent => ({
  ...{ id: ID, actor: '', kind: 'unknown', subject: '', action: '', message: '', isError: false },
  ...more,
});
const after = (...events: readonly Partial<LensEvent>[]): ConfigHistory =>
  events.map(event).reduce<ConfigHistory>(afterEvent, {});

const invalid = { kind: 'config-validation-error', message: 'no such field\nx' } as const;

describe('what the events of a node say of its configuration', () => {
  it('is an error of one line since its first event', () => {
    const later = { ...invalid, kind: 'config-load-error', id: 'cccccccccccccccccccc', message: 'again' } as const;
    expect(after(invalid).error).toEqual({ kind: 'validation', message: 'no such field x', toldMs: 1_300_816_219_000 });
    expect(after(invalid, later).error).toEqual({ kind: 'load', message: 'again', toldMs: 1_300_816_219_000 });
  });

  it.each([
    { kind: 'sequence', subject: 'boot', action: 'START' },
    { kind: 'sequence', subject: 'install', action: 'START' },
    { kind: 'machine-status', subject: 'RUNNING' },
  ] as const)('is none any more after $kind $subject', (good) => {
    expect(after(invalid, good).error).toBeUndefined();
  });

  it.each([
    { kind: 'sequence', subject: 'initialize', action: 'START' },
    { kind: 'sequence', subject: 'boot', action: 'STOP' },
    { kind: 'machine-status', subject: 'MAINTENANCE' },
    { kind: 'service', subject: 'kubelet', action: 'RUNNING' },
  ] as const)('stays after $kind $subject $action', (other) => {
    expect(after(invalid, other).error).toBeDefined();
  });

  it('stays when a node that runs is ready again', () => {
    const running = { kind: 'machine-status', subject: 'RUNNING' } as const;
    expect(after(running, invalid, running).error).toBeDefined();
  });

  it.each(['', '9m4e2mr0ui3e8a215n4', '9m4e2mr0ui3e8a215n4w', 'x'.repeat(10_000)])(
    'has no moment for the id %j',
    (id) => {
      expect(eventMs(id)).toBeNaN();
    },
  );
});
