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
    const requests = new PageRequests();
    requests.send(show('a'));
    requests.send(show('b'));
    const stop = new AbortController();
    const page = requests.follow(stop.signal);
    expect([await page.next(), await page.next()].map(({ value }) => value as unknown)).toEqual([show('a'), show('b')]);

    const third = page.next();
    requests.send(show('c'));
    expect((await third).value).toEqual(show('c'));
    const last = page.next();
    stop.abort();
    expect(await last).toEqual({ done: true, value: undefined });
  });

  it('go to the page that is there after a reload', async () => {
    const requests = new PageRequests();
    const gone = new AbortController();
    const old = requests.follow(gone.signal).next();
    gone.abort();
    const next = requests.follow(new AbortController().signal).next();
    await old;
    requests.send(show('a'));
    expect((await next).value).toEqual(show('a'));
  });

  it('are at most twenty while nobody reads', async () => {
    const requests = new PageRequests();
    for (let index = 0; index < 30; index++) requests.send(show(String(index)));
    expect((await requests.follow(new AbortController().signal).next()).value).toEqual(show('10'));
  });
});
