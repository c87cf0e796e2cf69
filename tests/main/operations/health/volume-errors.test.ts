import { describe, expect, it } from 'vitest';
import { failedVolumes, wrongGroups } from '../../../../main/operations/health/volume-errors.ts';

const NOW = 1_000_000;
const resource = (id: string, spec: unknown, atMs = 5_000) => ({ id, spec, createdAtMs: atMs, updatedAtMs: atMs });

describe('volumes that cannot be used', () => {
  it('are those that failed, since they were first seen so: Talos goes on trying', () => {
    const spec = { phase: 'failed', errorMessage: 'mkfs\nfailed' };
    const first = failedVolumes([resource('a', spec), resource('b', { phase: 'ready' })], [], NOW);
    expect(first).toEqual([{ volume: 'a', message: 'mkfs failed', sinceMs: 5_000 }]);
    expect(failedVolumes([resource('a', spec, 9_000)], first, NOW)).toEqual(first);
  });

  it('count no moment that is still to come by the clock of here', () => {
    expect(failedVolumes([resource('a', { phase: 'failed' }, NOW + 1)], [], NOW)).toEqual([
      { volume: 'a', message: '', sinceMs: NOW },
    ]);
  });

  it('are groups of LVM by their name, or by the id of what says so', () => {
    const groups = [resource('x', { vgName: 'vg0', message: 'gone' }), resource('y', 'nothing')];
    expect(wrongGroups(groups, [], NOW)).toEqual([
      { volume: 'vg0', message: 'gone', sinceMs: 5_000 },
      { volume: 'y', message: '', sinceMs: 5_000 },
    ]);
  });

  it('are at most twenty, however many there are', () => {
    const many = Array.from({ length: 300 }, (_, index) => resource(String(index), { phase: 'failed' }));
    expect(failedVolumes(many, [], NOW)).toHaveLength(20);
    expect(wrongGroups(many, [], NOW)).toHaveLength(20);
  });
});
