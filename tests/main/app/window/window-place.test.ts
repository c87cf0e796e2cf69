import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { besideOn, boundsOn, readWindowPlace } from '../../../../main/app/window/window-place.ts';

const SCREEN = { x: 0, y: 0, width: 1920, height: 1080 };
const BESIDE = { x: 1920, y: 0, width: 1280, height: 1024 };
const at = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  isMaximized: false,
});

describe('the bounds a window opens with', () => {
  it.each([
    ['as they were', [SCREEN], at(100, 50), { x: 100, y: 50, width: 1000, height: 700 }],
    ['on the other display', [SCREEN, BESIDE], at(2000, 10), { x: 2000, y: 10, width: 1000, height: 700 }],
    ['no larger than the display', [BESIDE], at(1950, 0, 3000, 2000), { x: 1950, y: 0, width: 1280, height: 1024 }],
    ['none where the display is gone', [SCREEN], at(2000, 10), undefined],
    ['none where hardly anything would be seen', [SCREEN], at(1900, 10), undefined],
    ['none above the display, where it could not be moved', [SCREEN], at(100, -30), undefined],
  ])('are %s', (_what, areas, place, bounds) => {
    expect(boundsOn(areas, place.bounds)).toEqual(bounds);
  });
});

describe('a window that is opened from another one', () => {
  it.each([
    ['beside it', [SCREEN], [100, 50, 1000, 700], [132, 82]],
    ['beside it on the other display', [SCREEN, BESIDE], [2000, 100, 1000, 700], [2032, 132]],
    ['in the corner where that does not fit', [SCREEN, BESIDE], [2290, 100, 900, 700], [1920, 0]],
    ['beside one that no display shows', [SCREEN], [5000, 0, 1000, 700], [5032, 32]],
  ] as const)('lies %s', (_what, areas, [x, y, width, height], [left, top]) => {
    expect(besideOn(areas, { x, y, width, height })).toEqual({ x: left, y: top, width, height });
  });
});

describe('the place of the window', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'minos-place-'));
    path = join(folder, 'window.json');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is as an earlier Minos has written it', () => {
    writeFileSync(path, JSON.stringify({ ...at(10, 20), isMaximized: true }));
    expect(readWindowPlace(path)).toEqual({ ...at(10, 20), isMaximized: true });
  });

  it.each(['', '{}', '[]', '{"bounds":{"x":0,"y":0,"width":1e9,"height":5},"isMaximized":true}', '"'.repeat(2000)])(
    'is none where the file holds %j',
    (text) => {
      writeFileSync(path, text);
      expect(readWindowPlace(path)).toBeUndefined();
    },
  );

  it('is none where there is no file, or a link', () => {
    expect(readWindowPlace(path)).toBeUndefined();
    writeFileSync(join(folder, 'other'), JSON.stringify(at(1, 2)));
    symlinkSync(join(folder, 'other'), path);
    expect(readWindowPlace(path)).toBeUndefined();
  });
});
