import { describe, expect, it } from 'vitest';
import { MOST_PER_MINUTE, ToldFailures } from '../../../main/ipc/told-failures.ts';
import { failure } from '../../../main/lib/failed.ts';
import { createLog } from '../../../main/lib/log.ts';
import type { ProducerMessage } from '../../../preload/contract/index.ts';

function told(): { lines: string[]; take: (message: ProducerMessage) => void; later: (ms: number) => void } {
  const lines: string[] = [];
  let nowMs = 0;
  const failures = new ToldFailures(createLog({ now: () => 0, sink: (line) => lines.push(line) }), () => nowMs);
  return { lines, take: (message) => failures.take(message, 'stream run'), later: (ms) => (nowMs += ms) };
}

const batch = (...items: unknown[]): ProducerMessage => ({ type: 'batch', seq: 0, items, skipped: 0 });

describe('failures that are shown', () => {
  it('are found in the log by the trace id that the user reads, once each, wherever a value has them', () => {
    const inValue = failure({ code: 'unreachable', message: 'cp-1 does not answer.', where: { node: '10.5.0.2' } });
    const inItem = failure({ code: 'timeout', message: 'It took too long.', details: 'context deadline exceeded' });
    const inList = failure({ code: 'denied', message: 'It may not.' });
    const { lines, take } = told();

    take({ type: 'value', revision: 1, value: { status: 'failed', failure: inValue } });
    take({ type: 'value', revision: 2, value: { status: 'failed', failure: inValue } });
    take(batch({ type: 'node', result: { node: 'a', failure: inItem } }, 'a line', null));
    take({ type: 'value', revision: 1, value: { endpoints: [{ address: 'x', failure: inList }, null] } });

    expect(lines.map((line) => /traceId=(\S+)/.exec(line)?.[1])).toEqual([
      inValue.traceId,
      inItem.traceId,
      inList.traceId,
    ]);
    expect(lines[0]).toContain('cp-1 does not answer. what=stream run');
    expect(lines[1]).toContain('context deadline exceeded');
  });

  it('do not push all else out of the log when they come by the thousand', () => {
    const { lines, take, later } = told();
    const many = (): unknown[] =>
      Array.from({ length: 1000 }, () => ({ failure: failure({ code: 'timeout', message: 'It took too long.' }) }));

    take(batch(...many()));
    const first = lines.length;
    later(60_000);
    take(batch(...many()));

    expect(first).toBe(MOST_PER_MINUTE + 1);
    expect(lines).toHaveLength(2 * first);
    expect(lines[MOST_PER_MINUTE]).toContain('left out for a minute');
  });

  it('are written in short while they come again and again, and in full once more after a while', () => {
    const { lines, take, later } = told();
    const fails = (): string => {
      const failed = failure({
        code: 'unreachable',
        message: 'cp-1 refused the connection.',
        details: 'd'.repeat(200),
      });
      take({ type: 'value', revision: 1, value: { failure: failed } });
      return failed.traceId;
    };

    const first = fails();
    const second = fails();
    later(11 * 60_000);
    const third = fails();

    expect(lines[1]).toMatch(new RegExp(`info the same again traceId=${second} as=${first}$`));
    expect(lines[1]?.length).toBeLessThan(100);
    expect(lines[2]).toContain(`cp-1 refused the connection. what=stream run traceId=${third}`);
  });

  it('that were cancelled are not written', () => {
    const { lines, take } = told();

    take(batch({ failure: failure({ code: 'cancelled', message: 'Cancelled.' }) }));

    expect(lines).toEqual([]);
  });
});
