import { describe, expect, it } from 'vitest';
import { ToldFailures } from '../../../../main/ipc/told-failures.ts';
import { failure } from '../../../../main/lib/failed.ts';
import { createLog } from '../../../../main/lib/log.ts';
import { FailureTail } from '../../../../main/operations/app/failure-tail.ts';

function watched(most: number) {
  const tail = new FailureTail(most);
  let nowMs = 0;
  const log = createLog({ now: () => nowMs, sink: (line) => tail.take(line) });
  const told = new ToldFailures(log, () => nowMs);
  const fail = (message: string): string => {
    const failed = failure({ code: 'unreachable', message });
    told.write(failed, 'topic health.state');
    return failed.traceId;
  };
  return { tail, log, fail, later: (ms: number) => (nowMs += ms) };
}

describe('the newest failures that were shown', () => {
  it('are told once each, with the time and the trace id they had last, the newest at the end', () => {
    const { tail, fail, later } = watched(5);
    fail('cp-1 refused the connection.');
    const other = fail('cp-2 is slow.');
    later(1000);
    const last = fail('cp-1 refused the connection.');

    expect(tail.lines).toEqual([
      `1970-01-01T00:00:00.000Z info cp-2 is slow. what=topic health.state traceId=${other} code=unreachable`,
      `1970-01-01T00:00:01.000Z info cp-1 refused the connection. what=topic health.state traceId=${last} code=unreachable`,
    ]);
    later(11 * 60_000);
    const anew = fail('cp-1 refused the connection.');
    expect(tail.lines.filter((line) => line.includes(anew))).toHaveLength(1);
    expect(tail.lines).toHaveLength(2);
  });

  it('are not pushed out by one that comes every second, and are so many at most', () => {
    const { tail, fail, log } = watched(2);
    log.write('error', 'nobody saw it');
    fail('one');
    fail('two');
    for (let second = 0; second < 100; second += 1) fail('two');
    expect(tail.lines.map((line) => line.split(' ')[2])).toEqual(['one', 'two']);

    fail('three');

    expect(tail.lines.map((line) => line.split(' ')[2])).toEqual(['two', 'three']);
  });

  it('hold no line of any length', () => {
    const { tail, fail } = watched(2);
    fail('x'.repeat(100_000));

    expect(tail.lines[0]?.length).toBeLessThan(2100);
  });
});
