import { expect, it } from 'vitest';
import { AnswerTimes } from '../../../../main/operations/health/answer-times.ts';

it('how long a node takes to answer is the shortest of its last five answers through the same endpoint', () => {
  const times = new AnswerTimes();
  expect(times.slowestMs).toBe(0);
  const told = [3, 9, 20, 8, 7, 6].map((durationMs, at) => times.add('10.5.0.2', durationMs, at).durationMs);
  expect(told).toEqual([3, 3, 3, 3, 3, 6]);
  expect(times.slowestMs).toBe(20);
  expect(times.add('10.5.0.3', 30, 9)).toEqual({ endpoint: '10.5.0.3', durationMs: 30, atMs: 9 });
});
