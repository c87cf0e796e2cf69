import { expect, test } from 'vitest';
import { fitsMessage, messageSize } from '../../../../main/lib/message-size.ts';
import { boundedDetail, boundedRow, MAX_CELL_LENGTH, MAX_ROW_BYTES } from '../../../../main/operations/work/bounded.ts';
import { ByteBudget } from '../../../../main/operations/work/buffers/byte-budget.ts';
import { collect, cutNote, MAX_COLLECTED_BYTES } from '../../../../main/operations/commands/kit/collect.ts';
import { rawJson } from '../../../../main/operations/work/sinks/raw-json.ts';
import { RowSlices } from '../../../../main/operations/work/run-rows.ts';
import { Turnstile } from '../../../../main/operations/work/buffers/turnstile.ts';

test('a row of many long cells is cut to what a row may have, and its cells are counted', () => {
  for (const sign of ['x', '中']) {
    const { row, bytes, cut } = boundedRow([1, ...Array.from({ length: 50 }, () => sign.repeat(50_000)), null]);

    expect(bytes).toBe(messageSize(row));
    expect(bytes).toBeLessThanOrEqual(MAX_ROW_BYTES);
    expect(cut).toBe(50);
    expect([row[0], row.at(-1)]).toEqual([1, null]);
  }
});

test('a row that fits stays as it is, and one long cell is cut by itself', () => {
  const row = ['a', 2, true, 'x'.repeat(MAX_CELL_LENGTH)];

  expect(boundedRow(row)).toMatchObject({ row, cut: 0 });
  expect(boundedRow(['a', 'x'.repeat(MAX_CELL_LENGTH + 1)]).row[1]).toHaveLength(MAX_CELL_LENGTH + 1);
});

test('rows end where the bytes of a run end, and it is said', async () => {
  const rows = Array.from({ length: 100 }, () => ['x'.repeat(1000)]);
  const slices = new RowSlices(rows, () => 0, new ByteBudget(50_000).share(Infinity));

  const { rows: some, isLast } = await slices.next();

  expect(isLast).toBe(true);
  expect(some.length).toBeLessThan(50);
  expect(slices.notes()).toEqual([`Only the first ${some.length} rows are shown, because all together are too large.`]);
});

test('an event of long rows ends at its bytes', async () => {
  const slices = new RowSlices(
    Array.from({ length: 100 }, () => ['x'.repeat(9000)]),
    () => 0,
  );
  const sizes: number[] = [];
  for (let isLast = false; !isLast;) {
    const next = await slices.next();
    sizes.push(messageSize(next.rows));
    isLast = next.isLast;
  }

  expect(Math.max(...sizes)).toBeLessThan(512 * 1024);
  expect(sizes.length).toBeGreaterThan(2);
});

test('a list ends where it is too large by itself or with others, and it is said', async () => {
  async function* items(): AsyncGenerator<string> {
    for (let count = 0; count < 100; count += 1) yield 'x'.repeat(1024 * 1024);
  }
  const alone = await collect(items);
  const beside = await collect(items, 100, new ByteBudget(3 * 1024 * 1024).share(Infinity));

  expect(alone.items.length).toBe(Math.floor(MAX_COLLECTED_BYTES / (1024 * 1024 + 16)));
  expect(beside.items).toHaveLength(2);
  expect(cutNote(beside)).toEqual(['Only the first 2 are shown; the node had more, and all together are too large.']);
});

test('a budget gets back what a share took', () => {
  const budget = new ByteBudget(10);
  const [first, second] = [budget.share(8), budget.share(8)];

  expect([first.take(9), first.take(8), second.take(3), second.take(2)]).toEqual([false, true, false, true]);
  first.release();
  expect(second.take(6)).toBe(true);
});

test('a turnstile lets one through at a time, and one who leaves without having been in', async () => {
  const turnstile = new Turnstile();
  const [first, second, third] = [turnstile.ticket(), turnstile.ticket(), turnstile.ticket()];
  const seen: string[] = [];
  await first.enter();
  void second.enter().then(() => seen.push('second'));
  void third.enter().then(() => seen.push('third'));
  second.leave();
  await Promise.resolve();
  expect(seen).toEqual([]);

  first.leave();
  await third.enter();

  expect(seen).toEqual(['second', 'third']);
});

test('a detail of any shape fits into one message and says what is left out', () => {
  const detail = boundedDetail({
    title: 't'.repeat(5000),
    parts: [
      {
        kind: 'fields',
        fields: Array.from({ length: 300 }, (_, i) => ({ name: `${i}`, kind: 'text', value: 'é'.repeat(9000) })),
      },
      { kind: 'text', language: 'yaml', text: '中'.repeat(2_000_000), isCut: false },
    ],
  });

  expect(fitsMessage(detail)).toBe(true);
  expect(detail.parts[1]).toMatchObject({
    kind: 'text',
    text: expect.stringMatching(/^\d+ more are not shown/) as string,
  });
  expect(detail.parts.at(-1)).toMatchObject({ isCut: true });
});

test('raw JSON is what JSON.stringify writes, and is cut while it is written', () => {
  const message = { a: [1, 'two\n', null, true, [], {}], b: { c: 1.5, __x: 'é' }, gone: undefined, e: NaN };

  expect(rawJson(message)).toEqual({ json: JSON.stringify(message, null, 2), isCut: false });
  expect(JSON.parse(rawJson({ bytes: Buffer.from('hi') }).json)).toEqual({ bytes: 'aGk=' });
  const large = rawJson({ list: Array.from({ length: 3_000_000 }, () => '中') });
  expect(large.isCut).toBe(true);
  expect(fitsMessage(large)).toBe(true);
});
