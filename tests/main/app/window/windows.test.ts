import { EventEmitter } from 'node:events';
import type { BrowserWindow, Rectangle } from 'electron';
import { describe, expect, it } from 'vitest';
import type { KeptWindow } from '../../../../main/app/window/kept-windows.ts';
import { Windows, type WindowWish } from '../../../../main/app/window/windows.ts';

const SCREEN: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };
const USUAL: Rectangle = { x: 100, y: 100, width: 1280, height: 800 };

let lastId = 40;

/** As much of a window as is needed; closing it is what the user does. */
class FakeWindow extends EventEmitter {
  readonly webContents = { id: ++lastId };
  readonly isMaximized = (): boolean => this.wish.isMaximized ?? false;
  readonly wish: WindowWish;
  constructor(wish: WindowWish) {
    super();
    this.wish = wish;
  }
  getNormalBounds(): Rectangle {
    return this.wish.bounds ?? USUAL;
  }
  close(): void {
    this.emit('close');
    this.emit('closed');
  }
}

function setUp(kept: readonly KeptWindow[] = []) {
  const made: FakeWindow[] = [];
  const written: (readonly KeptWindow[])[] = [];
  const windows = new Windows({
    kept,
    keep: (open) => written.push(open),
    workAreas: () => [SCREEN],
    make: (wish) => {
      const window = new FakeWindow(wish);
      made.push(window);
      return window as unknown as BrowserWindow;
    },
  });
  const numbers = (): readonly number[] => written.at(-1)?.map(({ number }) => number) ?? [];
  return { windows, made, written, numbers };
}

const at = (number: number): KeptWindow => ({
  number,
  bounds: { ...USUAL, x: 200 + number },
  isMaximized: number === 2,
});
const idOf = ({ webContents }: FakeWindow): number => webContents.id;

describe('windows', () => {
  it('come back as they were kept; without any there is one', () => {
    const first = setUp();
    first.windows.restore();
    expect(first.made.map(({ wish }) => wish)).toEqual([{ number: 1 }]);

    const again = setUp([at(2), at(5)]);
    again.windows.restore();
    again.windows.restore();
    expect(again.made.map(({ wish }) => wish)).toEqual([{ ...at(2), isBehind: true }, at(5)]);
    expect(again.made.map((window) => again.windows.infoOf(idOf(window)))).toEqual([
      { number: 2, numbers: [2, 5] },
      { number: 5, numbers: [2, 5] },
    ]);
  });

  it('open beside the one that was used last, at an address, with a number that none had', () => {
    const { windows, made, numbers } = setUp([at(2), at(5)]);
    windows.restore();
    made[0]?.emit('focus');
    const id = windows.open('#/nodes');

    expect(made[2]?.wish).toEqual({ number: 6, bounds: { ...USUAL, x: 234, y: 132 } });
    expect(windows.infoOf(id)).toEqual({ number: 6, numbers: [2, 5, 6], address: '#/nodes' });
    expect(numbers()).toEqual([5, 2, 6]);
    made[2]?.close();
    windows.open();
    expect(numbers()).toEqual([5, 2, 7]);
  });

  it('come back with the one in front that was used last', () => {
    const before = setUp([at(1), at(2), at(3)]);
    before.windows.restore();
    before.made[0]?.emit('focus');
    before.windows.ending();

    const { windows, made } = setUp(before.written.at(-1));
    windows.restore();
    expect(made.map(({ wish }) => [wish.number, wish.isBehind === true])).toEqual([
      [2, true],
      [3, true],
      [1, false],
    ]);
    expect(made.findIndex((window) => idOf(window) === windows.lastId)).toBe(2);
  });

  it('are eight at most', () => {
    const { windows, made } = setUp();
    windows.restore();
    for (let count = 2; count <= 8; count += 1) windows.open();
    expect(() => windows.open()).toThrow('There are 8 windows, and no more fit.');
    made[0]?.close();
    windows.open();
    expect(windows.count).toBe(8);
  });

  it('are ours while they are open, whichever has the focus; what is asked nowhere goes to the one that had it last', () => {
    const { windows, made } = setUp([at(1), at(2)]);
    windows.restore();
    const [one, two] = made as [FakeWindow, FakeWindow];
    expect(windows.lastId).toBe(idOf(two));
    one.emit('focus');
    expect(windows.last).toBe(one);
    // Such as the window that asks for confirmations.
    expect(windows.idOf(new FakeWindow({ number: 9 }) as unknown as BrowserWindow)).toBe(idOf(one));
    expect(windows.idOf(two as unknown as BrowserWindow)).toBe(idOf(two));
    expect([windows.byId(idOf(two)), windows.byId(1)]).toEqual([two, undefined]);

    one.close();
    expect([windows.last, windows.byId(idOf(one))]).toEqual([two, undefined]);
    two.close();
    expect([windows.last, windows.lastId, windows.idOf(undefined)]).toEqual([undefined, undefined, undefined]);
  });

  it('that are closed while others stay do not come back; the last one does', () => {
    const { windows, made, written, numbers } = setUp([at(1), at(2), at(3)]);
    windows.restore();
    made[0]?.close();
    expect(numbers()).toEqual([2, 3]);
    made[2]?.close();
    made[1]?.close();
    expect(written.at(-1)).toEqual([at(2)]);
    // A deed was still under way, and Minos is wanted again.
    windows.restore();
    expect(made.at(-1)?.wish).toEqual(at(2));
  });

  it('that close with the app come back', () => {
    const { windows, made, numbers, written } = setUp([at(1), at(2)]);
    windows.restore();
    windows.ending();
    for (const window of made) window.close();
    expect(numbers()).toEqual([1, 2]);

    // An update was refused by the system, and Minos goes on.
    const refused = setUp([at(1), at(2), at(3)]);
    refused.windows.restore();
    refused.windows.ending();
    refused.windows.staying();
    refused.made[0]?.close();
    expect(refused.numbers()).toEqual([2, 3]);

    // The system took it away, and nobody closed it.
    const killed = setUp([at(1), at(2)]);
    killed.windows.restore();
    killed.made[0]?.emit('closed');
    expect([killed.windows.count, killed.written]).toEqual([1, []]);

    const logOff = setUp([at(1), at(2)]);
    logOff.windows.restore();
    logOff.made[0]?.emit('session-end');
    for (const window of logOff.made) window.close();
    expect(logOff.numbers()).toEqual([1, 2]);
    expect(written).toHaveLength(1);
  });
});
