import { describe, expect, it } from 'vitest';
import type { CellValue } from '../../../preload/contract/index.ts';
import { cellText, safeText } from '../../../renderer/lib/cells.ts';
import { comparedColumns, compareRows, differs, groupEqual } from '../../../renderer/features/runs/compare.ts';
import { groupFailures } from '../../../renderer/lib/failure-groups.ts';
import { rowsOf } from '../../../renderer/features/runs/run-rows.ts';
import type { NodeRun } from '../../../renderer/state/run.svelte.ts';
import { failureOf } from '../../fakes/bridge/fake-bridge.ts';

const done = (node: string, ...cells: CellValue[]): NodeRun => ({ node, state: 'done', rows: [cells] });
const failed = (node: string, message: string): NodeRun => ({
  node,
  state: 'failed',
  rows: [],
  failure: failureOf('unreachable', message),
});
const rows = (...nodes: NodeRun[]): ReturnType<typeof rowsOf> => rowsOf(nodes, (node) => node);

describe('comparing', () => {
  it('finds what most nodes answered and which cells differ', () => {
    const given = rows(done('a', 'v1', 1), done('b', 'v1', 1), done('c', 'v2', 1), failed('d', 'down'));
    const comparison = compareRows(given, [0, 1]);

    expect(comparison).toEqual({ equal: 2, differ: 1, majority: ['v1', 1] });
    expect([differs(comparison, ['v2', 1], 0), differs(comparison, ['v2', 1], 1)]).toEqual([true, false]);
  });

  it('calls no value usual when two are equally common', () => {
    const comparison = compareRows(rows(done('a', 'v1'), done('b', 'v2')), [0]);

    expect(comparison?.majority).toEqual([undefined]);
    expect([differs(comparison, ['v1'], 0), differs(comparison, ['v2'], 0)]).toEqual([false, false]);
  });

  it('has nothing to say about one answer or answers of several lines', () => {
    expect(compareRows(rows(done('a', 'v1')), [0])).toBeUndefined();
    expect(compareRows(rows(done('a', 'v1'), { node: 'b', state: 'done', rows: [['x'], ['y']] }), [0])).toBeUndefined();
  });

  it('leaves out what differs anyway, such as numbers', () => {
    const columns = [
      { id: 'a', title: 'STATE', kind: 'state' },
      { id: 'b', title: 'USED', kind: 'number' },
    ] as const;
    const compared = comparedColumns(columns);

    expect(compareRows(rows(done('a', 'up', 1), done('b', 'up', 2)), compared)).toEqual({
      equal: 2,
      differ: 0,
      majority: ['up', undefined],
    });
    expect(compareRows(rows(done('a', 1), done('b', 2)), comparedColumns(columns.slice(1)))).toBeUndefined();
  });

  it('shows no value of one node for a group of several', () => {
    const [group] = groupEqual(rows(done('a', 'up', 1), done('b', 'up', 2)), [0]);

    expect([group?.name, group?.cells]).toEqual(['2 nodes', ['up', null]]);
  });

  it('keeps failures apart when it joins equal answers', () => {
    const joined = groupEqual(rows(done('a', 'v2'), done('b', 'v1'), done('c', 'v1'), failed('d', 'down')), [0]);

    expect(joined.map(({ name, nodes }) => [name, nodes])).toEqual([
      ['d', ['d']],
      ['2 nodes', ['b', 'c']],
      ['a', ['a']],
    ]);
  });
});

describe('failures', () => {
  it('of the same kind are one card, whatever the node is called', () => {
    const groups = groupFailures(
      [
        failed('10.0.0.1', '10.0.0.1 refused.'),
        failed('10.0.0.2', '10.0.0.2 refused.'),
        failed('c', 'c was too slow.'),
        done('d'),
      ],
      (node) => node,
    );

    expect(groups.map(({ nodes }) => nodes)).toEqual([['10.0.0.1', '10.0.0.2'], ['c']]);
  });

  it('of nodes are one card through whatever endpoint, those of endpoints one each', () => {
    const through = (node: string, endpoint: string, message: string): NodeRun => ({
      ...failed(node, ''),
      failure: failureOf('unreachable', message, { where: { endpoint, node } }),
    });

    const groups = groupFailures(
      [
        through('n1', 'e1', 'e1 cannot reach n1.'),
        through('n2', 'e2', 'e2 cannot reach n2.'),
        through('n3', 'e3', 'e3 is down.'),
        through('n4', 'e4', 'e4 is down.'),
      ],
      (node) => node,
    );

    expect(groups.map(({ nodes }) => nodes)).toEqual([['n1', 'n2'], ['n3'], ['n4']]);
  });
});

describe('a cell', () => {
  it.each([
    [1536, 'bytes', '1.5 KiB'],
    [0.415, 'percent', '42 %'],
    [1234567, 'number', '1,234,567'],
    [1234567, 'id', '1234567'],
    [true, 'text', 'yes'],
    [null, 'number', ''],
    ['running', 'state', 'running'],
  ] as const)('writes %s (%s) as %s', (value, kind, text) => {
    expect(cellText(value, kind)).toBe(text);
  });

  it('shows unseen signs and cuts what is too long', () => {
    expect(safeText('ok\u001b[31m\u202Eevil\u0000')).toBe('ok\\u001b[31m\\u202eevil\\u0000');
    expect(safeText('x'.repeat(1_000_000))).toMatch(/^x{500}… \(1,000,000 characters\)$/);
  });
});
