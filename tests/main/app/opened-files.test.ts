import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { describe, expect, it } from 'vitest';
import { followOpenedFiles, talosconfigsIn } from '../../../main/app/opened-files.ts';
import { PageRequests } from '../../../main/app/page-requests.ts';

describe('files opened with Minos', () => {
  it('are the words with its ending, from the folder of the command', () => {
    const words = ['--no-sandbox', '.', 'a.talosconfig', '/b.talosconfig', 'c.yaml', '--talosconfig', 'd.talosconfig'];
    expect(talosconfigsIn({ words, workingFolder: '/home/me' })).toEqual(['/home/me/a.talosconfig', '/b.talosconfig']);
    expect(talosconfigsIn({ words: ['a.talosconfig', '--talosconfig'], workingFolder: '/' })).toEqual([]);
    expect(talosconfigsIn({ words: ['file:///my%20files/a.talosconfig'], workingFolder: '/' })).toEqual([
      '/my files/a.talosconfig',
    ]);
    expect(talosconfigsIn({ words: ['file://elsewhere/a.talosconfig'], workingFolder: '/' })).toEqual([]);
  });

  it('come with the start, from a second one, and as events of macOS', () => {
    const app = new EventEmitter();
    const looked: unknown[] = [];
    const given = { words: ['one.talosconfig'], workingFolder: '/w' };
    followOpenedFiles(app as unknown as App, given, (paths) => looked.push(paths));
    app.emit('second-instance', {}, ['/usr/bin/minos', 'two.talosconfig', '--demo'], '/elsewhere');
    app.emit('second-instance', {}, ['/usr/bin/minos'], '/elsewhere');
    const torn = ['/usr/bin/minos', '--talosconfig', '--allow-file-access-from-files', 'x', 'four.talosconfig'];
    app.emit('second-instance', {}, torn, '/w', { words: ['--talosconfig', 'x', 'four.talosconfig'] });
    let prevented = 0;
    app.emit('open-file', { preventDefault: () => (prevented += 1) }, '/three');

    expect(looked).toEqual([
      ['/w/one.talosconfig'],
      ['/elsewhere/two.talosconfig'],
      ['/w/four.talosconfig'],
      ['/three'],
    ]);
    expect(prevented).toBe(1);
  });
});

describe('requests to the page', () => {
  const show = (context: string) => ({ kind: 'show-context', context }) as const;

  it('wait for the page, come once and in order', async () => {
    const requests = new PageRequests(() => 1);
    requests.send(show('a'));
    requests.send(show('b'));
    const stop = new AbortController();
    const page = requests.follow(1, stop.signal);
    expect([await page.next(), await page.next()].map(({ value }) => value as unknown)).toEqual([show('a'), show('b')]);

    const third = page.next();
    requests.send(show('c'));
    expect((await third).value).toEqual(show('c'));
    const last = page.next();
    stop.abort();
    expect(await last).toEqual({ done: true, value: undefined });
  });

  it('go to the page that is there after a reload', async () => {
    const requests = new PageRequests(() => 1);
    const gone = new AbortController();
    const old = requests.follow(1, gone.signal).next();
    gone.abort();
    const next = requests.follow(1, new AbortController().signal).next();
    await old;
    requests.send(show('a'));
    expect((await next).value).toEqual(show('a'));
  });

  it('are at most twenty while nobody reads', async () => {
    const requests = new PageRequests(() => 1);
    for (let index = 0; index < 30; index++) requests.send(show(String(index)));
    expect((await requests.follow(1, new AbortController().signal).next()).value).toEqual(show('10'));
  });

  it('go to the window that is meant and to no other, those of a window that was closed to none', async () => {
    const requests = new PageRequests(() => 1);
    const { signal } = new AbortController();
    const one = requests.follow(1, signal);
    const two = requests.follow(2, signal);
    const nextOfTwo = two.next();
    requests.send(show('a'));
    requests.send(show('b'), 2);
    expect([(await one.next()).value, (await nextOfTwo).value] as unknown).toEqual([show('a'), show('b')]);

    requests.send(show('c'));
    requests.forget(1);
    requests.send(show('d'));
    expect((await one.next()).value).toEqual(show('d'));
  });

  it('from before there is any window go to the one that is in front by then, whichever page reads first', async () => {
    const meant: { windowId?: number } = {};
    const requests = new PageRequests(() => meant.windowId);
    const { signal } = new AbortController();
    requests.send(show('a link'));
    requests.send(show('a flag'));

    meant.windowId = 2;
    const nextOfOne = requests.follow(1, signal).next();
    const two = requests.follow(2, signal);
    expect([(await two.next()).value, (await two.next()).value] as unknown).toEqual([show('a link'), show('a flag')]);
    requests.send(show('for one'), 1);
    expect((await nextOfOne).value).toEqual(show('for one'));
  });
});
