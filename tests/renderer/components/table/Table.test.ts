import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import Table from '../../../../renderer/components/table/Table.svelte';
import type { TableColumn } from '../../../../renderer/components/table/table-model.ts';
import { Preferences } from '../../../../renderer/state/preferences.svelte.ts';
import { Selection } from '../../../../renderer/state/selection.svelte.ts';
import { TableLooks } from '../../../../renderer/state/tables/table-looks.ts';

interface Row {
  readonly name: string;
  readonly cpu: number;
}

const COLUMNS: readonly TableColumn<Row>[] = [
  { id: 'name', title: 'NODE', text: (row) => row.name, isFixed: true },
  { id: 'cpu', title: 'CPU', text: (row) => String(row.cpu), sortBy: (row) => row.cpu, align: 'end' },
];
const ROWS: readonly Row[] = [
  { name: 'cp-1', cpu: 12 },
  { name: 'cp-2', cpu: 4 },
  { name: 'worker-1', cpu: 90 },
];

const looksOf = (first?: ConstructorParameters<typeof TableLooks>[2]): TableLooks =>
  new TableLooks(new Preferences(undefined), 'test', first);

function open(rest: Record<string, unknown> = {}): { selection: Selection; user: ReturnType<typeof userEvent.setup> } {
  const selection = new Selection();
  render(Table, {
    props: {
      label: 'Nodes',
      columns: COLUMNS,
      rows: ROWS,
      keyOf: (row: Row) => row.name,
      rowHeightPx: 32,
      looks: looksOf(),
      selection,
      ...rest,
    },
  });
  return { selection, user: userEvent.setup() };
}

const names = (): (string | null)[] => screen.getAllByRole('rowheader').map((cell) => cell.textContent.trim());

describe('a table', () => {
  it('sorts by a header and says so', async () => {
    const { user } = open();

    await user.click(screen.getByRole('button', { name: /CPU/ }));

    expect(names()).toEqual(['cp-2', 'cp-1', 'worker-1']);
    expect(screen.getByRole('columnheader', { name: /CPU/ }).getAttribute('aria-sort')).toBe('ascending');
    const said = (): string | undefined => document.querySelector('[aria-live]')?.textContent;
    expect(said()).toBe('Sorted by CPU, ascending.');
    await user.click(screen.getByRole('button', { name: /CPU/ }));
    await user.click(screen.getByRole('button', { name: /CPU/ }));
    expect(said()).toBe('In the order in which it came.');
  });

  it('is made wider and narrower by the keys of a header, but for the column that takes what is left', async () => {
    const looks = looksOf();
    const { user } = open({ looks });
    screen.getByRole('button', { name: 'NODE' }).focus();

    await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
    // Nothing has a size in these tests, so it is the least one.
    expect([...looks.widths]).toEqual([['name', 48]]);
    await user.keyboard('{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
    expect([...looks.widths.keys()]).toEqual(['name']);
  });

  it('keeps rows where they are while the pointer is over them, so that a click hits what it meant', async () => {
    const looks = looksOf({ sort: { column: 'cpu', direction: 'ascending' } });
    const props = {
      label: 'Nodes',
      columns: COLUMNS,
      rows: ROWS,
      keyOf: (row: Row) => row.name,
      rowHeightPx: 32,
      looks,
    };
    const { rerender } = render(Table, { props });
    const user = userEvent.setup();
    await user.hover(screen.getByRole('rowheader', { name: 'worker-1' }));

    const [first, second, third] = ROWS as [Row, Row, Row];
    await rerender({ ...props, rows: [{ ...first, cpu: 99 }, { name: 'cp-3', cpu: 0 }, second, { ...third, cpu: 1 }] });

    expect(names()).toEqual(['cp-2', 'cp-1', 'worker-1', 'cp-3']);
    await user.unhover(screen.getByRole('rowheader', { name: 'worker-1' }));
    expect(names()).toEqual(['cp-3', 'worker-1', 'cp-2', 'cp-1']);

    // Who sorts anew sees it at once.
    await user.hover(screen.getByRole('rowheader', { name: 'worker-1' }));
    await rerender(props);
    looks.sort = { column: 'name', direction: 'ascending' };
    await tick();
    expect(names()).toEqual(['cp-1', 'cp-2', 'worker-1']);
  });

  it('sorts by the keyboard alone, without opening or selecting the active row', async () => {
    const onopen = vi.fn();
    const { selection, user } = open({ onopen });
    await user.tab();
    await user.keyboard('{ArrowDown}');

    await user.tab();
    expect(document.activeElement?.textContent.trim()).toBe('NODE');
    await user.keyboard('{ArrowRight}{Enter}');
    expect(names()).toEqual(['cp-2', 'cp-1', 'worker-1']);
    await user.keyboard(' ');
    expect(names()).toEqual(['worker-1', 'cp-1', 'cp-2']);

    expect(screen.getByRole('columnheader', { name: /CPU/ }).getAttribute('aria-sort')).toBe('descending');
    expect([onopen.mock.calls.length, selection.size]).toEqual([0, 0]);
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(screen.getByRole('grid', { name: 'Nodes' }));
  });

  it('has every header in the order of the keys', async () => {
    const { user } = open();
    const reached: (string | undefined)[] = [];

    for (let press = 0; press < 3; press += 1) {
      await user.tab();
      reached.push(document.activeElement?.textContent.trim());
    }

    expect(reached.slice(1)).toEqual(['NODE', 'CPU']);
  });

  it('selects with arrows, space and shift, and tells which row is active', async () => {
    const { selection, user } = open();
    await user.tab();
    const grid = screen.getByRole('grid', { name: 'Nodes' });
    expect(document.activeElement).toBe(grid);

    await user.keyboard('{ArrowDown} {Shift>}{ArrowDown}{/Shift}');

    expect([...selection.keys]).toEqual(['cp-1', 'cp-2']);
    const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
    expect(within(active!).getByRole('rowheader').textContent).toContain('cp-2');
    expect(active!.getAttribute('aria-selected')).toBe('true');
  });

  it('selects a range with the pointer and all with the header', async () => {
    const { selection, user } = open();

    await user.click(screen.getByRole('checkbox', { name: 'Select cp-1' }));
    await user.keyboard('{Shift>}');
    await user.click(screen.getByRole('checkbox', { name: 'Select worker-1' }));
    await user.keyboard('{/Shift}');
    expect(selection.size).toBe(3);
    expect(screen.getAllByRole('checkbox', { checked: true })).toHaveLength(4);
    await user.click(screen.getByRole('checkbox', { name: 'Select all' }));

    expect(selection.size).toBe(0);
  });

  it('keeps a box ticked when a range ends on a row that is selected already', async () => {
    const { selection, user } = open();
    await user.click(screen.getByRole('checkbox', { name: 'Select cp-2' }));
    await user.click(screen.getByRole('checkbox', { name: 'Select cp-1' }));

    await user.keyboard('{Shift>}');
    await user.click(screen.getByRole('checkbox', { name: 'Select cp-2' }));
    await user.keyboard('{/Shift}');

    expect([...selection.keys].sort()).toEqual(['cp-1', 'cp-2']);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select cp-2' }).checked).toBe(true);
  });

  it('opens a row by Enter and by a click, without selecting it', async () => {
    const onopen = vi.fn();
    const { selection, user } = open({ onopen });

    await user.click(screen.getByText('cp-2'));
    screen.getByRole('grid').focus();
    await user.keyboard('{ArrowDown}{Enter}');

    expect(onopen.mock.calls.map(([row]) => (row as Row).name)).toEqual(['cp-2', 'worker-1']);
    expect(selection.size).toBe(0);
  });

  it('copies the selected rows as text', async () => {
    const { selection, user } = open();
    const setData = vi.fn();
    document.execCommand = () =>
      document.dispatchEvent(Object.assign(new Event('copy'), { clipboardData: { setData } }));
    selection.toggle('cp-2');
    screen.getByRole('grid').focus();

    await user.keyboard('{Control>}c{/Control}');

    expect(setData.mock.calls).toEqual([['text/plain', 'NODE\tCPU\ncp-2\t4']]);
  });

  it('draws few of very many rows and still says how many there are', () => {
    open({ rows: Array.from({ length: 10_000 }, (_, n) => ({ name: `n${n}`, cpu: n })) });

    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001');
    expect(screen.getAllByRole('row').length).toBeLessThan(80);
  });

  it('hides columns but never the fixed one', () => {
    open({ looks: looksOf({ hidden: ['cpu', 'name'] }) });

    expect(screen.getAllByRole('columnheader').map((header) => header.textContent.trim())).toEqual(['', 'NODE']);
  });

  it('measures its columns from all rows, so that a filter moves none', () => {
    const long = { name: 'a-node-with-a-very-long-name', cpu: 1 };
    const widthWith = (rest: Record<string, unknown>): string => {
      const { container, unmount } = render(Table, {
        props: {
          ...{ label: 'T', columns: COLUMNS, keyOf: (row: Row) => row.name, rowHeightPx: 32, rows: ROWS },
          looks: looksOf(),
          ...rest,
        },
      });
      const width = container.querySelector('col')?.style.width ?? '';
      unmount();
      return width;
    };

    expect(widthWith({ measured: [...ROWS, long] })).toBe(widthWith({ rows: [...ROWS, long] }));
    expect(widthWith({ measured: [...ROWS, long] })).not.toBe(widthWith({}));
  });
});
