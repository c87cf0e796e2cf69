import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readKeptWindows, textOfKept, type KeptWindow } from '../../../../main/app/window/kept-windows.ts';

const at = (number: number, x = 10): KeptWindow => ({
  number,
  bounds: { x, y: 20, width: 1000, height: 700 },
  isMaximized: false,
});

let folder: string;
let path: string;
let oldPath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minos-windows-'));
  path = join(folder, 'windows.json');
  oldPath = join(folder, 'window.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const read = (text: string): readonly KeptWindow[] => {
  writeFileSync(path, text);
  return readKeptWindows(path, oldPath);
};

describe('the windows of the last time', () => {
  it('are as they were kept, as many as there may be', () => {
    const eight = Array.from({ length: 8 }, (_, index) => at(index + 1, -100_000));
    expect(read(textOfKept(eight))).toEqual(eight);
    expect(read(textOfKept([...eight, at(9)]))).toEqual([]);
  });

  it('are the one of an earlier Minos where nothing else was kept', () => {
    const { number: _new, ...place } = at(1);
    writeFileSync(oldPath, JSON.stringify(place));
    expect(readKeptWindows(path, oldPath)).toEqual([at(1)]);
    expect(read(textOfKept([at(3)]))).toEqual([at(3)]);
  });

  it.each([
    '',
    '{}',
    '[]',
    '{"windows":[{"number":0,"bounds":{"x":0,"y":0,"width":5,"height":5},"isMaximized":true}]}',
    '{"windows":[{"number":1,"bounds":{"x":1e9,"y":0,"width":5,"height":5},"isMaximized":true}]}',
    '{"windows":[{"number":1e9,"bounds":{"x":0,"y":0,"width":5,"height":5},"isMaximized":true}]}',
    `{"windows":[],"more":"${'x'.repeat(5_000)}"}`,
  ])('are none where the file holds %j', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('are each there once', () => {
    expect(read(textOfKept([at(2), at(2, 50), at(1)]))).toEqual([at(2), at(1)]);
  });

  it('are not read through a link', () => {
    writeFileSync(join(folder, 'other'), textOfKept([at(1)]));
    symlinkSync(join(folder, 'other'), path);
    expect(readKeptWindows(path, oldPath)).toEqual([]);
  });
});
