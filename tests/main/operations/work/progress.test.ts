import { describe, expect, it } from 'vitest';
import { Progress } from '../../../../main/operations/work/progress.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

/** A stream whose next piece, or whose end, comes when the test says so. */
function bench(patienceMs: number) {
  const clock = new FakeClock();
  const told: (readonly [bytes: number, bytesPerSecond: number])[] = [];
  const progress = new Progress(clock, patienceMs, (...one) => told.push(one));
  let give = (_piece: Uint8Array | undefined): void => undefined;
  async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const piece = await new Promise<Uint8Array | undefined>((resolve) => {
        give = resolve;
      });
      if (piece === undefined) return;
      yield piece;
    }
  }
  const bytes = progress.of(source());
  const next = (piece?: Uint8Array) => {
    const coming = bytes.next();
    give(piece);
    return coming;
  };
  return { clock, told, progress, bytes, next };
}

describe('the progress of bytes', () => {
  it('is told four times a second, with the speed of the last one', async () => {
    const { clock, told, progress, next } = bench(10_000);
    await next(Buffer.alloc(1000));
    clock.advance(500);

    expect(told).toEqual([
      [1000, 4000],
      [1000, 2000],
    ]);
    clock.advance(2000);
    expect(told.at(-1)).toEqual([1000, 0]);
    progress.end();
    expect(clock.active).toBe(0);
  });

  it('is overdue when nothing comes for too long, from the beginning or later', async () => {
    const silent = bench(1000);
    silent.clock.advance(1500);
    expect(silent.progress.overdue.aborted).toBe(true);

    const { clock, progress, bytes, next } = bench(1000);
    await next(Buffer.alloc(1));
    void bytes.next();
    clock.advance(900);
    expect(progress.overdue.aborted).toBe(false);
    clock.advance(600);
    expect(progress.overdue.aborted).toBe(true);
  });

  it('is not overdue while what came is still put away, or all has come', async () => {
    const { clock, progress, next } = bench(1000);
    await next(Buffer.alloc(1));
    clock.advance(60_000);
    expect(progress.overdue.aborted).toBe(false);

    expect(await next()).toMatchObject({ done: true });
    clock.advance(60_000);
    expect(progress.overdue.aborted).toBe(false);
    progress.end();
  });
});
