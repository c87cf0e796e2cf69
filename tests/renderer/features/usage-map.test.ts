import { describe, expect, it } from 'vitest';
import { MOST_TILES, tileBeside, tilesOf } from '../../../renderer/features/runs/usage/treemap-layout.ts';
import { partsOf, sizeOf, UsageTree, wayTo } from '../../../renderer/features/runs/usage/usage-tree.ts';
import type { CellValue } from '../../../preload/contract/index.ts';

const PLACES = { size: 0, id: 1 };
type Rows = readonly (readonly CellValue[])[];
const treeOf = (...rows: Rows): UsageTree => {
  const tree = new UsageTree(PLACES);
  tree.grow(rows);
  return tree;
};

const VAR: Rows = [
  [30, 'lib/etcd/db'],
  [40, 'lib/etcd'],
  [60, 'lib'],
  [5, 'log'],
  [100, '.'],
];

describe('what takes up how much', () => {
  it('stands below the folder it is in, with what was not listed as a part of its own', () => {
    const tree = treeOf(...VAR);

    expect(partsOf(tree.root, 10).map(({ name, size, share }) => [name, size, share])).toEqual([
      ['lib', 60, 0.6],
      ['log', 5, 0.05],
      ['not listed', 35, 0.35],
    ]);
    expect(wayTo(tree.find('lib/etcd')!).map(({ name }) => name)).toEqual(['.', 'lib', 'etcd']);
  });

  it('grows while rows come: a folder whose own size is still to come is what came of it', () => {
    const tree = new UsageTree(PLACES);
    const rows = [...VAR];
    tree.grow(rows.slice(0, 1));
    expect(sizeOf(tree.root)).toBe(30);
    tree.grow(rows.slice(0, 2));
    expect([sizeOf(tree.root), sizeOf(tree.find('lib')!)]).toEqual([40, 40]);
    tree.grow(rows);
    expect(sizeOf(tree.root)).toBe(100);
  });

  it('begins anew with another answer', () => {
    const tree = treeOf(...VAR);
    tree.grow([[7, 'run']]);

    expect(partsOf(tree.root, 10).map(({ name }) => name)).toEqual(['run']);
  });

  it('puts entries together that are too many', () => {
    const tree = treeOf(...Array.from({ length: 1000 }, (_each, index) => [index, `f${index}`] as const));
    const parts = partsOf(tree.root, 10);

    expect(parts).toHaveLength(11);
    expect(parts[0]?.name).toBe('f999');
    expect(parts[10]).toMatchObject({ name: '990 others', kind: 'others' });
    expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('takes nothing that is no size, and is shared out of all of it when the parts are more than the whole', () => {
    const tree = treeOf([null, 'a'], [-5, 'b'], ['9e99', 'c'], [30, 'd'], [10, 'e'], [20, '.']);

    expect(partsOf(tree.root, 10).map(({ name, share }) => [name, share])).toEqual([
      ['d', 0.75],
      ['e', 0.25],
    ]);
  });

  it('of a node that sends paths without end has an end', () => {
    const tree = treeOf([1, 'a/'.repeat(5000)], [3, '../../up']);

    expect(sizeOf(tree.root)).toBe(3);
    expect(tree.find('../../up')?.parent?.name).toBe('..');
  });
});

describe('the map', () => {
  it('fills its room with tiles as large as what they stand for, and the same inside each', () => {
    const tiles = tilesOf(treeOf(...VAR).root, 400, 300);
    const area = tiles.reduce((sum, { width, height }) => sum + width * height, 0);
    const [lib] = tiles;

    expect(area).toBeGreaterThan(400 * 300 * 0.9);
    expect(lib!.width * lib!.height).toBeGreaterThan(400 * 300 * 0.5);
    expect(lib!.inner.map(({ name }) => name)).toEqual(['etcd', 'not listed']);
    // Below the name of the folder.
    expect(Math.min(...lib!.inner.map(({ y }) => y))).toBeGreaterThanOrEqual(18);
    for (const { x, y, width, height } of tiles) {
      expect([x >= 0, y >= 0, x + width <= 400, y + height <= 300]).toEqual([true, true, true, true]);
    }
  });

  it('of 50,000 files draws a bounded number of tiles, none too small to be hit', () => {
    const rows = Array.from({ length: 50_000 }, (_each, index) => [index % 977, `d${index % 90}/f${index}`] as const);
    const tiles = tilesOf(treeOf(...rows).root, 800, 400);

    expect(tiles.length).toBeLessThanOrEqual(MOST_TILES + 1);
    expect(tiles.flatMap(({ inner }) => inner).length).toBeLessThan(MOST_TILES * 20);
    expect(Math.min(...tiles.map(({ width, height }) => Math.min(width, height)))).toBeGreaterThanOrEqual(3);
  });

  it('draws nothing of what is empty, or where there is no room', () => {
    expect(tilesOf(treeOf([0, 'a'], [0, '.']).root, 400, 300)).toEqual([]);
    expect(tilesOf(treeOf(...VAR).root, 0, 0)).toEqual([]);
  });

  it('leads from tile to tile by arrow keys, and nowhere beyond its edge', () => {
    const tile = (x: number, y: number) => ({
      ...({ key: `${x},${y}`, kind: 'entry', name: '', size: 1, share: 0.25, inner: [] } as const),
      ...{ x, y, width: 10, height: 10 },
    });
    const tiles = [tile(0, 0), tile(10, 0), tile(0, 10), tile(10, 10)];

    expect(tileBeside(tiles, 0, 'ArrowRight')).toBe(1);
    expect(tileBeside(tiles, 0, 'ArrowDown')).toBe(2);
    expect(tileBeside(tiles, 3, 'ArrowUp')).toBe(1);
    expect(tileBeside(tiles, 0, 'ArrowLeft')).toBe(0);
    expect(tileBeside(tiles, 0, 'a')).toBeUndefined();
  });
});
