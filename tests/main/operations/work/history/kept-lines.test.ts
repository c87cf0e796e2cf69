import { describe, expect, it } from 'vitest';
import { KeptLines } from '../../../../../main/operations/work/history/kept-lines.ts';

const always = (): boolean => true;
const line = (name: string): string => name.padEnd(84, '.');

describe('kept lines', () => {
  it('are the last ones, in the order they came, and the others are counted by node', () => {
    const kept = new KeptLines(1000);
    for (let index = 0; index < 20; index += 1) kept.add(index % 2 === 0 ? 'a' : 'b', [line(`${index}`)], always);

    expect([...kept.pieces()].map(({ lines }) => parseInt(lines[0] ?? '', 10))).toEqual([
      10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
    ]);
    expect(kept.sizeBytes).toBe(1000);
    expect([kept.goneOf('a'), kept.goneOf('b')]).toEqual([5, 5]);
    expect(kept.byNode().get('b')).toHaveLength(5);
  });

  it('do not grow where other runs left no room', () => {
    const kept = new KeptLines(100_000);
    for (let index = 0; index < 10; index += 1) kept.add('a', [line(`${index}`)], always);
    for (let index = 0; index < 5; index += 1) kept.add('a', [line(`more ${index}`)], () => false);

    expect(kept.sizeBytes).toBe(1000);
    expect(kept.goneOf('a')).toBe(5);
  });

  it('account for every line, however many go', () => {
    const kept = new KeptLines(500);
    for (let index = 0; index < 12_345; index += 1) kept.add('a', [line('x'), line('y')], always);

    expect(kept.goneOf('a') + (kept.byNode().get('a')?.length ?? 0)).toBe(2 * 12_345);
  });
});
