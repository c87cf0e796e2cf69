import { describe, expect, it } from 'vitest';
import { illServices } from '../../../../main/operations/health/ill-services.ts';

type Reply = Parameters<typeof illServices>[0];

const NOW_MS = 1_000_000;

/** A service that failed at a moment by the clock of its node. */
const failed = (atMs: number): Reply => {
  const event = { msg: 'exit code 1', state: 'Failed', ts: { seconds: String(atMs / 1000), nanos: 0 } };
  const service = { id: 'ext-qemu', state: 'Failed', health: null, events: { events: [event] } };
  return { messages: [{ services: [service] }] } as unknown as Reply;
};

describe('services that do not do what they shall', () => {
  it('are so since the node says', () => {
    expect(illServices(failed(NOW_MS - 9_000), NOW_MS)).toMatchObject([
      { id: 'ext-qemu', state: 'failed', message: 'exit code 1', sinceMs: NOW_MS - 9_000 },
    ]);
  });

  it('are so since they were first seen where the clock of the node is ahead, however often it is asked', () => {
    const first = illServices(failed(NOW_MS + 90_000), NOW_MS);
    const second = illServices(failed(NOW_MS + 90_000), NOW_MS + 30_000, first);
    expect([first, second].map(([service]) => service?.sinceMs)).toEqual([NOW_MS, NOW_MS]);
  });
});
