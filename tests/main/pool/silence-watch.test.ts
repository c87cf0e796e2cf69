import { expect, test } from 'vitest';
import { SilenceWatch } from '../../../main/pool/silence-watch.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

/** A watch on a connection whose bytes and probe answers the test decides. */
function watched() {
  const clock = new FakeClock();
  const line = { bytes: 0, checks: 0, probes: [] as ((answered: boolean) => void)[], silent: 0, clock };
  const watch = new SilenceWatch({
    clock,
    silenceMs: 1000,
    silenceCeilingMs: 4000,
    bytesRead: () => line.bytes,
    check: () => {
      line.checks += 1;
    },
    probe: () => new Promise((resolve) => line.probes.push(resolve)),
    onSilent: () => {
      line.silent += 1;
    },
  });
  const answer = async (answered: boolean): Promise<void> => {
    if (answered) line.bytes += 100;
    line.probes.at(-1)?.(answered);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { watch, line, clock, answer };
}

test('without a pending call nothing runs', () => {
  const { watch, clock } = watched();
  watch.begin();
  watch.end();

  expect(clock.active).toBe(0);
});

test('one second without a byte starts one probe', () => {
  const { watch, line, clock } = watched();
  watch.begin();

  clock.advance(999);
  expect(line.probes).toHaveLength(0);
  clock.advance(1);
  expect(line.probes).toHaveLength(1);
  clock.advance(5000);
  expect(line.probes).toHaveLength(1);
});

test('bytes put the probe off', () => {
  const { watch, line, clock } = watched();
  watch.begin();

  for (let n = 0; n < 20; n += 1) {
    clock.advance(900);
    line.bytes += 1;
  }

  expect(line.probes).toHaveLength(0);
});

test('an unanswered probe reports silence once and ends the watch', async () => {
  const { watch, line, clock, answer } = watched();
  watch.begin();
  clock.advance(1000);

  await answer(false);

  expect(line.silent).toBe(1);
  expect(clock.active).toBe(0);
});

test('answered probes come at twice the distance, up to the ceiling', async () => {
  const { watch, line, clock, answer } = watched();
  watch.begin();
  const distances: number[] = [];

  for (let n = 0; n < 4; n += 1) {
    const before = clock.now();
    while (line.probes.length === n) clock.advance(250);
    distances.push(clock.now() - before);
    await answer(true);
  }

  // The answer's own bytes are noticed at the next look, a quarter of a second later.
  expect(distances).toEqual([1000, 2250, 4250, 4250]);
});

test('new calls do not hide a dead connection', () => {
  const { watch, line, clock } = watched();
  watch.begin();

  for (let n = 0; n < 4; n += 1) {
    clock.advance(250);
    watch.begin();
  }

  expect(line.probes).toHaveLength(1);
});

test('stop leaves no timer', () => {
  const { watch, clock } = watched();
  watch.begin();
  watch.stop();

  expect(clock.active).toBe(0);
});

test('whether the connection still exists is looked at eight times a second while a call waits', () => {
  const { watch, line, clock } = watched();
  watch.begin();

  clock.advance(125);
  expect(line.checks).toBe(1);
  // Bytes that came before the end of the connection do not put off the look.
  line.bytes += 1;
  clock.advance(125);
  expect(line.checks).toBe(2);
  watch.end();
  clock.advance(1000);
  expect(line.checks).toBe(2);
});
