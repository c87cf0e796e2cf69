import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Place, type RunningFixture, startFixture } from './start-fixture.ts';
import { canRunStandIn } from './virtual-display.ts';

describe.skipIf(!canRunStandIn())('the way between page, preload and main process', () => {
  let place: Place;
  let running: RunningFixture;
  const inPage = (expression: string): Promise<unknown> => running.page.evaluate(expression);
  const inMain = (expression: string): Promise<unknown> =>
    running.app.evaluate((_electron, text) => (0, eval)(text) as unknown, expression);

  beforeAll(async () => {
    place = await Place.open();
    running = await startFixture(place);
  });
  afterAll(async () => {
    await running.close();
    place.close();
  });

  it('gives the preload nothing of Node but electron, events, timers and url', async () => {
    expect(await inPage('bridge.facts')).toEqual({
      refused: ['module not found: node:fs', 'module not found: child_process', 'module not found: ./other.js'],
      type: 'renderer',
      sandboxed: true,
      list: [1, { deep: 'value' }],
    });
  });

  it('gives the page neither Node nor the runtime of the stand-in', async () => {
    const names = "['require','process','module','Buffer','ipcRenderer','__standInPost','__standInDeliver']";
    expect(await inPage(`${names}.filter((name) => name in window)`)).toEqual([]);
  });

  it('has no bridge in a sub-frame', async () => {
    expect(await inPage('[frames.length, typeof frames[0].bridge]')).toEqual([1, 'undefined']);
  });

  it('freezes what the preload exposes', async () => {
    expect(await inPage('[Object.isFrozen(bridge), Object.isFrozen(bridge.facts.list[1])]')).toEqual([true, true]);
    await expect(inPage("'use strict'; bridge = 1")).rejects.toThrow(/read only/);
  });

  it('carries functions and promises both ways', async () => {
    expect(await inPage("bridge.shout('a')")).toBe('A');
    expect(await inPage('bridge.call((a, b) => a + b, 1, 2)')).toBe(3);
    expect(await inPage('bridge.call(async (a) => a + 1, 1)')).toBe(2);
    expect(await inPage('bridge.later(new Map([[1, { a: 2n }]])).then((map) => map.get(1).a === 2n)')).toBe(true);
  });

  it('keeps only the message of an error', async () => {
    const thrown = '(() => { try { bridge.fail(); } catch (e) { return [e.name, e.message, e instanceof Error]; } })()';
    expect(await inPage(thrown)).toEqual(['Error', 'no good', true]);
    expect(await inPage('bridge.laterFail().catch((e) => e.message)')).toBe('not later either');
  });

  it('keeps a File a File', async () => {
    expect(await inPage("bridge.describe(new File([], 'a'))")).toBe('[object File]');
  });

  it('answers invoke with the value or the error of its handler', async () => {
    expect(await inPage("bridge.invoke('add', 2, 3)")).toBe(5);
    expect(await inPage("bridge.invoke('boom').catch((e) => e.message)")).toBe(
      "Error invoking remote method 'boom': TypeError: no good",
    );
    expect(await inPage("bridge.invoke('nobody').catch((e) => e.message)")).toBe(
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    );
  });

  it('refuses to send a function', async () => {
    expect(await inPage("bridge.invoke('echo', [() => 1]).catch((e) => e.message)")).toBe(
      'An object could not be cloned.',
    );
  });

  it('keeps the keys __proto__, constructor and $ as they are', async () => {
    const text = '{"__proto__":{"x":1},"constructor":2,"$":"undefined"}';
    expect(await inPage(`bridge.invoke('echo', JSON.parse('${text}')).then(JSON.stringify)`)).toBe(text);
  });

  it('carries messages from main to the page', async () => {
    const noted = "new Promise((resolve) => { bridge.on('noted', resolve); bridge.send('note', new Set([1])); })";
    expect(await inPage(`${noted}.then((set) => set.has(1))`)).toBe(true);
  });

  it('tells main which frame asked, with the address of the app', async () => {
    expect(await inPage("bridge.invoke('sender')")).toEqual({
      url: 'app://minos/index.html?a=1#b',
      origin: 'app://minos',
      isTop: true,
    });
  });

  it('answers null for the frame of a document that has gone', async () => {
    await inPage("bridge.send('keep-event')");
    await expect.poll(() => inMain('seen.senders.at(-1)?.senderFrame?.url')).toBe('app://minos/index.html?a=1#b');

    await running.page.reload();

    expect(await inMain('seen.senders.at(-1).senderFrame')).toBeNull();
  });

  it('carries what a page sends over its port, and the answers', async () => {
    const roundTrip = `new Promise((resolve) => {
      bridge.open('trip', resolve, () => {}).post({ at: new Date(5), bytes: new Uint8Array([1, 2]) });
    }).then(({ name, got }) => [name, got.at.getTime(), [...got.bytes]])`;
    expect(await inPage(roundTrip)).toEqual(['trip', 5, [1, 2]]);
  });

  it('keeps the order of many messages', async () => {
    const many = `new Promise((resolve) => {
      const got = [];
      const port = bridge.open('many', (m) => { if (got.push(m.got) === 500) resolve(got); }, () => {});
      for (let i = 0; i < 500; i++) port.post(i);
    })`;
    expect(await inPage(many)).toEqual(Array.from({ length: 500 }, (_, i) => i));
  });

  it('closes the port in main when the page closes it', async () => {
    await inPage("bridge.open('closing', () => {}, () => {}).close()");
    await expect.poll(() => inMain("seen.ports.find(({ name }) => name === 'closing')?.closed")).toBe(true);
  });

  it('closes the port in the page when main closes it', async () => {
    const closed =
      "new Promise((resolve) => { bridge.open('ending', () => {}, () => resolve('closed')).post('close'); })";
    expect(await inPage(closed)).toBe('closed');
  });

  it('closes the port in main when the page is reloaded', async () => {
    await inPage("void bridge.open('left', () => {}, () => {})");
    await expect.poll(() => inMain("seen.ports.find(({ name }) => name === 'left')?.closed")).toBe(false);

    await running.page.reload();

    await expect.poll(() => inMain("seen.ports.find(({ name }) => name === 'left').closed")).toBe(true);
  });

  it('carries a port that main made into the page', async () => {
    await inMain('sendPort()');
    await expect.poll(() => inPage('messages.length')).toBe(1);
    expect(await inPage('messages')).toEqual([['subject', 'first']]);
    await expect.poll(() => inMain("seen.order.includes('hello from the page')")).toBe(true);
  });
});
