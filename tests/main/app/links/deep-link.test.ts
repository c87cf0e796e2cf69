import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { describe, expect, it } from 'vitest';
import { idleFlags, readCommandLine } from '../../../../main/app/command-line.ts';
import { placeOfLink } from '../../../../main/app/links/deep-link.ts';
import { sentWith, wordsOfSecondStart } from '../../../../main/app/links/second-start.ts';
import {
  followVisits,
  registerLinks,
  visitOfFirstStart,
  visitOfSecondStart,
  type Visit,
} from '../../../../main/app/links/visits.ts';

describe('a link', () => {
  it.each([
    ['minos://context/prod', { context: 'prod' }],
    ['minos://context/prod/', { context: 'prod' }],
    ['minos://context/admin%40prod%2Ffra/screen/etcd', { context: 'admin@prod/fra', screen: 'etcd' }],
    ['minos://context/prod/screen/machine-config', { context: 'prod', screen: 'machine-config' }],
    ['minos://context/prod/node/worker-07', { context: 'prod', node: 'worker-07' }],
    ['minos://context/prod/node/fd00%3A%3A2', { context: 'prod', node: 'fd00::2' }],
  ])('%s names a place', (link, place) => {
    expect(placeOfLink(link)).toEqual(place);
  });

  it.each([
    ['another scheme', 'http://context/prod'],
    ['another spelling of ours', 'MINOS://context/prod'],
    ['nothing', 'minos:'],
    ['no context', 'minos://context/'],
    ['another host', 'minos://contexts/prod'],
    ['a port', 'minos://context:1/prod'],
    ['a user', 'minos://me@context/prod'],
    ['a question', 'minos://context/prod?run=reset'],
    ['a fragment', 'minos://context/prod#/deeds'],
    ['a command', 'minos://context/prod/run/reset'],
    ['a screen that cannot be one', 'minos://context/prod/screen/..%2Fx'],
    ['a longer way', 'minos://context/prod/node/a/screen/etcd'],
    ['a broken escape', 'minos://context/%E0%A4%A'],
    ['a sign that acts', 'minos://context/prod%0A'],
    ['a sign that hides', 'minos://context/%E2%80%AEdorp'],
    ['a space', 'minos://context/prod --talosconfig=x'],
    ['a long name', `minos://context/${'a'.repeat(254)}`],
    ['a longer text', `minos://context/${'%61'.repeat(400)}`],
  ])('with %s is none', (_what, link) => {
    expect(placeOfLink(link)).toBeUndefined();
  });
});

describe('a second start', () => {
  it('leads to the place of its link, or of its context and one node, and nowhere else', () => {
    expect(visitOfSecondStart(['--context', 'x', 'minos://context/prod'])).toEqual({ context: 'prod' });
    expect(visitOfSecondStart(['--context', 'lab', '--nodes=cp-1'])).toEqual({ context: 'lab', node: 'cp-1' });
    expect(visitOfSecondStart(['--context', 'lab', '--nodes', 'cp-1,cp-2'])).toEqual({ context: 'lab' });
    expect(visitOfSecondStart(['--', 'minos://context/prod/run/reset'])).toBe('strange-link');
  });

  it.each([
    [['--demo']],
    [['--talosconfig', '/tmp/theirs']],
    [['--endpoints', '10.0.0.1']],
    [['--nodes', 'cp-1,cp-2']],
    [['lab.talosconfig']],
    [['--context']],
    [['--context', 'a\u202eb']],
    [['--context', 'a', '--context', 'b']],
  ])('with %j changes nothing', (words) => {
    expect(visitOfSecondStart(words)).toBeUndefined();
  });

  it('says of a flag that does nothing that it does nothing, to whoever typed it', () => {
    expect(idleFlags(['--talosconfig=x', '--endpoints', '10.0.0.1', '--context', 'a'], true)).toEqual([
      expect.stringContaining('--talosconfig has no effect: Minos runs already'),
      expect.stringContaining('--endpoints has no effect: Minos runs already'),
    ]);
    expect(idleFlags(['--talosconfig=x', '--context', 'a'], false)).toEqual([]);
  });
});

describe('the words of a second start', () => {
  const TORN = ['/usr/bin/minos', '--context', '--allow-file-access-from-files', 'lab'];

  it('are those that were written, also where Chromium tears a flag from its value', () => {
    const app = new EventEmitter();
    const visits: Visit[] = [];
    followVisits(app as unknown as App, [], (visit) => visits.push(visit));
    app.emit('second-instance', {}, TORN, '/', sentWith(['--context', 'lab']));

    expect(visits).toEqual([{ context: 'lab' }]);
  });

  it.each([undefined, null, 'lab', {}, { words: 'lab' }, { words: [1] }])('are those of Chromium beside %j', (sent) => {
    expect(wordsOfSecondStart(TORN, sent)).toEqual(TORN.slice(1));
  });

  it('are sent once more only where there is room for them', () => {
    expect(sentWith(['é'.repeat(3_000)])).toEqual({ words: ['é'.repeat(3_000)] });
    expect(sentWith(['é'.repeat(5_000)])).toEqual({});
  });
});

describe('the first start', () => {
  it('begins with its context, and selects its nodes', () => {
    expect(visitOfFirstStart(['--context', 'lab', '--nodes', 'cp-1, cp-2', '--nodes', 'cp-3'])).toEqual({
      context: 'lab',
      select: ['cp-1', 'cp-2', 'cp-3'],
    });
    expect(visitOfFirstStart(['--talosconfig', 'x'])).toBeUndefined();
  });

  it('takes no link for a talosconfig', () => {
    expect(readCommandLine(['minos://context/a.talosconfig', 'b.talosconfig']).files).toEqual(['b.talosconfig']);
  });
});

it('links come as events of macOS and as words of starts, and what is none is told as that', () => {
  const app = new EventEmitter();
  const visits: Visit[] = [];
  followVisits(app as unknown as App, ['minos://context/one'], (visit) => visits.push(visit));
  app.emit('second-instance', {}, ['/usr/bin/minos', 'minos://context/two/screen/nodes'], '/');
  app.emit('second-instance', {}, ['/usr/bin/minos'], '/');
  let prevented = 0;
  app.emit('open-url', { preventDefault: () => (prevented += 1) }, 'minos://context/three');
  app.emit('open-url', { preventDefault: () => (prevented += 1) }, 'minos://three');

  expect(visits).toEqual([
    { context: 'one' },
    { context: 'two', screen: 'nodes' },
    { context: 'three' },
    'strange-link',
  ]);
  expect(prevented).toBe(2);
});

describe('the scheme of links', () => {
  it('is registered by the app on Windows alone, packaged, so that no address is read as a switch', () => {
    const registered: unknown[] = [];
    const setAsDefaultProtocolClient = (...given: unknown[]): boolean => registered.push(given) > 0;
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      for (const isPackaged of [false, true])
        registerLinks({ isPackaged, setAsDefaultProtocolClient }, { platform, execPath: '/minos' });
    }

    expect(registered).toEqual([['minos', '/minos', ['--']]]);
  });
});
