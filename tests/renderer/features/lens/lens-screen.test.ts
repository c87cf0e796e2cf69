import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { LensSourceWish } from '../../../../preload/contract/index.ts';
import { lensesOf } from '../../../../renderer/features/lens/lenses.svelte.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { fakeLenses, type FakeLens } from '../../../fakes/fake-lens.ts';
import { openApp, type OpenApp } from '../../support/open-app.ts';

const KUBELETS: readonly LensSourceWish[] = [
  { kind: 'service', node: '10.5.0.2', id: 'kubelet' },
  { kind: 'service', node: '10.5.0.3', id: 'kubelet' },
];

interface OpenedLens extends OpenApp {
  readonly lens: FakeLens;
  readonly lenses: readonly FakeLens[];
}

/** The screen with one lens that follows two sources. */
async function openLens(sources: readonly LensSourceWish[] = KUBELETS): Promise<OpenedLens> {
  const app = openApp('lens', clusterBridge(), () => NOW_MS);
  const fakes = fakeLenses();
  lensesOf(app.session).makeLens = fakes.make;
  await screen.findByRole('main', { name: 'Logs' });
  lensesOf(app.session).open('prod-fra', { sources, follow: true, tail: 100 });
  await screen.findByRole('tab');
  return { ...app, lens: fakes.all[0]!, lenses: fakes.all };
}

const list = (): Promise<HTMLElement> => screen.findByRole('listbox', { name: 'Lines' });
const rowTexts = async (): Promise<readonly (string | undefined)[]> =>
  within(await list())
    .getAllByRole('option')
    .map((row) => row.querySelector('.text, .said')?.textContent);

describe('the log lens', () => {
  it('begins with what to do, and with the sets that were saved', async () => {
    openApp('lens');

    expect(await screen.findByRole('button', { name: 'Choose what to follow…' })).toBeTruthy();
  });

  it('shows lines with time, node, level and text, and where each of them stands', async () => {
    const { lens } = await openLens();
    lens.come([
      { text: 'begun', timeMs: NOW_MS, source: 0 },
      { text: '<img src=x onerror=alert(1)>', timeMs: NOW_MS + 5, source: 1, level: 'error' },
    ]);

    const [first, second] = within(await list()).getAllByRole('option');
    expect(first?.textContent).toMatch(/\d\d:\d\d:11\.000\s*cp-1\s*I\s*begun/);
    expect(second?.textContent).toMatch(/cp-2\s*E\s*<img src=x onerror=alert\(1\)>/);
    expect(second?.querySelector('img')).toBeNull();
    expect([second?.getAttribute('aria-posinset'), second?.getAttribute('aria-setsize')]).toEqual(['2', '2']);
  });

  it('marks what may be missing, between the lines, as said by Minos', async () => {
    const { lens } = await openLens();
    const gap = { type: 'gap', from: 'cp-3', to: 'cp-1', gapMs: 2000, missing: 'unknown' } as const;
    lens.come([{ text: 'a' }, { text: 'Connection lost, lines may be missing.', mark: gap }, { text: 'b' }]);

    expect(await rowTexts()).toEqual(['a', 'cp-1 kubelet: Connection lost, lines may be missing.', 'b']);
  });

  it('keeps to a level, a text that lines must not hold and sources, and says how many lines are left', async () => {
    const { lens, user } = await openLens();
    lens.come([
      { text: 'one', level: 'info' },
      { text: 'two', level: 'warn', source: 1 },
      { text: 'three', level: 'error' },
    ]);
    await list();

    await user.selectOptions(screen.getByLabelText('Level'), '≥ warning');
    expect(await rowTexts()).toEqual(['two', 'three']);
    expect(screen.getByText(/2 lines shown of 3/)).toBeTruthy();
    await user.type(screen.getByRole('textbox', { name: 'Without' }), 'three');
    expect(await rowTexts()).toEqual(['two']);
    await user.click(screen.getByRole('button', { name: /^Sources: 2 sources/ }));
    await user.click(screen.getByRole('checkbox', { name: /cp-2 kubelet/ }));
    expect(await screen.findByText('No line is shown: the filter leaves all of them out.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show all lines' }));
    expect(await rowTexts()).toHaveLength(3);
  });

  it('finds text, counts the hits, goes from one to the next and shows only them', async () => {
    const { lens, user } = await openLens();
    lens.come(['a fail', 'b', 'c fail', 'd'].map((text) => ({ text })));
    await list();

    const field = screen.getByRole('textbox', { name: 'Search' });
    await user.type(field, 'fail');
    expect(await screen.findByText('2 hits', { selector: '.said' })).toBeTruthy();
    expect((await list()).querySelectorAll('mark')).toHaveLength(2);
    await user.type(field, '{Enter}');
    expect(await screen.findByText('1 of 2 hits')).toBeTruthy();
    await user.type(field, '{Enter}');
    expect(await screen.findByText('2 of 2 hits')).toBeTruthy();
    await user.keyboard('{Shift>}{F3}{/Shift}');
    expect(await screen.findByText('1 of 2 hits')).toBeTruthy();

    await user.selectOptions(screen.getByLabelText('Show'), 'only hits');
    await waitFor(async () => expect(await rowTexts()).toEqual(['a fail', 'c fail']));
    await user.click(screen.getByRole('button', { name: 'Regular expression' }));
    expect(lens.search?.pattern).toEqual({ text: 'fail', isRegex: true, isCaseSensitive: false });
  });

  it('tells a quiet source from one that is not reached', async () => {
    const { lens, user } = await openLens();
    lens.come([{ text: 'a', timeMs: NOW_MS - 40_000 }]);
    lens.source(0, { state: 'open', sinceMs: NOW_MS - 90_000, endpoint: '10.5.0.2' });
    lens.source(1, {
      ...{ state: 'silent', sinceMs: NOW_MS - 20_000 },
      failure: failureOf('unreachable', 'cp-2 does not answer.'),
    });

    const stale = await screen.findByRole('list', { name: 'Sources that are not heard of' });
    expect(stale.textContent).toMatch(/cp-2 kubelet: not reached since \d\d:\d\d:51/);
    expect(stale.textContent).not.toContain('cp-1');
    await user.click(screen.getByRole('button', { name: /^Sources: 2 sources, 1 not reached/ }));
    expect(screen.getByText('nothing for 40 s, stream open')).toBeTruthy();
  });

  it('keeps the line of the keyboard, marks it with a note and finds it again', async () => {
    const { lens, user, session } = await openLens();
    lens.come(['a', 'b', 'c'].map((text) => ({ text })));
    (await list()).focus();

    await user.keyboard('{Home}{ArrowDown}m');
    const chosen = (): Element | null => document.querySelector('[role=option][aria-selected=true] .text');
    await waitFor(() => expect(chosen()?.textContent).toBe('b'));
    expect(lensesOf(session).of('prod-fra')[0]?.window.isFollowing).toBe(false);
    await user.keyboard('{Enter}');
    const inspector = await screen.findByRole('complementary', { name: 'Line b' });
    await user.type(within(inspector).getByLabelText('Note'), 'here');
    await user.click(screen.getByRole('button', { name: '1 bookmark' }));
    await user.click(within(screen.getByRole('list', { name: 'Bookmarks' })).getByRole('button', { name: /here/ }));
    await waitFor(() => expect(chosen()?.textContent).toBe('b'));
  });

  it('opens the fields of a line and filters by one of them', async () => {
    const { lens, user } = await openLens();
    const summary = { message: 'slow', fields: [{ name: 'took', value: '2s', kind: 'text' }] } as const;
    lens.come([{ text: '{"msg":"slow","took":"2s"}', summary }, { text: 'plain' }]);

    expect(await rowTexts()).toEqual(['slow  took=2s', 'plain']);
    await user.dblClick(within(await list()).getByRole('option', { name: /slow/ }));
    await user.click(await screen.findByRole('button', { name: 'Only lines with took = 2s' }));
    expect(await rowTexts()).toEqual(['slow  took=2s']);
    await user.click(screen.getByRole('button', { name: 'took = 2s' }));
    expect(await rowTexts()).toHaveLength(2);
  });

  it('opens a line that names a field twice', async () => {
    const { lens, user } = await openLens();
    const fields = [
      { name: 'err', value: 'first', kind: 'text' },
      { name: 'err', value: 'second', kind: 'text' },
    ] as const;
    lens.come([{ text: 'err=first err=second', summary: { message: 'failed', fields } }]);

    await user.dblClick(await within(await list()).findByRole('option'));

    expect(await screen.findByRole('button', { name: 'Only lines with err = first' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Only lines with err = second' })).toBeTruthy();
  });

  it('goes to the first line by Home also when it is far away', async () => {
    const { lens, user } = await openLens();
    lens.come(Array.from({ length: 2000 }, (_, n) => ({ text: `line ${n}` })));
    (await list()).focus();

    await user.keyboard('{Home}');

    const chosen = (): Element | null => document.querySelector('[role=option][aria-selected=true] .text');
    await waitFor(() => expect(chosen()?.textContent).toBe('line 0'));
  });

  it('does what is typed after Home with the line that Home went to', async () => {
    const { lens, user } = await openLens();
    lens.come(Array.from({ length: 2000 }, (_, n) => ({ text: `line ${n}` })));
    (await list()).focus();

    await user.keyboard('{ArrowUp}{Home}{ArrowDown}m');

    expect(await screen.findByRole('button', { name: '1 bookmark' })).toBeTruthy();
    const chosen = (): Element | null => document.querySelector('[role=option][aria-selected=true]');
    await waitFor(() => expect(chosen()?.querySelector('.text')?.textContent).toBe('line 1'));
    expect(chosen()?.textContent).toContain('◆');
  });

  it('gives what writes a colour each, the same on every node', async () => {
    const { session } = await openLens([...KUBELETS, { kind: 'service', node: '10.5.0.2', id: 'etcd' }]);

    expect(
      lensesOf(session)
        .of('prod-fra')[0]
        ?.sources.map(({ colour }) => colour),
    ).toEqual([1, 1, 2]);
  });

  it('says what was let go and what came too fast', async () => {
    const { lens } = await openLens();
    lens.come(Array.from({ length: 5 }, (_, n) => ({ text: String(n) })));
    lens.lose(2);

    expect(await screen.findByText('▲ 2 dropped')).toBeTruthy();
    expect(screen.getByText('3 lines')).toBeTruthy();
  });

  it('saves what is shown with progress and can be stopped', async () => {
    const { lens, user } = await openLens();
    lens.come([{ text: 'a' }]);
    await list();
    const stopped = vi.fn();
    lens.onExport = (_format, _name, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          stopped();
          resolve({ ok: false, failure: failureOf('cancelled', 'Cancelled.') });
        });
      });

    await user.click(screen.getByRole('button', { name: 'Export' }));
    await user.click(screen.getByRole('menuitem', { name: 'Save what is shown as NDJSON…' }));
    lens.onProgress?.({ done: 0, of: undefined });
    expect(await screen.findAllByText('Saving what is found, once the search is over…')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Cancel' })).toBeTruthy();
    lens.onProgress?.({ done: 10, of: 40 });
    expect(await screen.findAllByText('Saving 10 of 40 lines')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));

    expect(stopped).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryAllByText(/^Saving/)).toEqual([]));
  });

  it('goes on behind another screen without being told anything, and closes with its tab', async () => {
    const { lens, user } = await openLens();
    await user.click(screen.getByRole('link', { name: /^Nodes/ }));
    await waitFor(() => expect(lens.isSeen).toBe(false));
    expect(lens.isClosed).toBe(false);

    await user.click(screen.getByRole('link', { name: /^Logs/ }));
    await waitFor(() => expect(lens.isSeen).toBe(true));
    await user.click(screen.getByRole('button', { name: 'Close kubelet on 2 nodes' }));
    expect(lens.isClosed).toBe(true);
    expect(await screen.findByRole('button', { name: 'Choose what to follow…' })).toBeTruthy();
  });

  it('asks the nodes what they have, follows what is chosen and keeps it as a set', async () => {
    const bridge = clusterBridge().answer('lens.sources', ({ nodes }) => ({
      ok: true,
      value: nodes.map((node) => ({ node, services: ['kubelet'], containers: [] })),
    }));
    const { user, session } = openApp('lens', bridge, () => NOW_MS);
    const fakes = fakeLenses();
    lensesOf(session).makeLens = fakes.make;
    await user.click(await screen.findByRole('button', { name: 'Choose what to follow…' }));
    const picker = await screen.findByRole('dialog', { name: 'Follow logs and events' });

    await user.click(await within(picker).findByRole('checkbox', { name: /kubelet/ }));
    await user.click(within(picker).getByRole('button', { name: 'cp-1' }));
    await user.type(within(picker).getByLabelText('Name of the set'), 'one');
    await user.click(within(picker).getByRole('button', { name: 'Save the set' }));
    await user.click(within(picker).getByRole('button', { name: 'Follow 1 source' }));

    expect(fakes.all[0]?.adding).toEqual([
      {
        ...{ context: 'prod-fra', follow: true, tail: 1000 },
        sources: [{ kind: 'service', node: '10.5.0.2', id: 'kubelet' }],
      },
    ]);
    expect(screen.getByRole('tab', { name: 'one' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'New lens…' }));
    expect(await screen.findByRole('button', { name: 'one' })).toBeTruthy();
  });

  it('draws events as a timeline and shows the line of one', async () => {
    const { lens, user } = await openLens([{ kind: 'events', node: '10.5.0.2' }]);
    const event = { id: 'a', actor: '', kind: 'sequence', subject: 'boot', message: '', isError: false } as const;
    lens.happen([
      { line: 0, source: 0, timeMs: NOW_MS, event: { ...event, action: 'START' } },
      { line: 1, source: 0, timeMs: NOW_MS + 20_000, event: { ...event, id: 'b', action: 'STOP' } },
    ]);

    await user.click(await screen.findByRole('button', { name: 'Timeline' }));
    const tree = await screen.findByRole('tree', { name: 'Events of cp-1' });
    const [item] = await within(tree).findAllByRole('treeitem');
    expect(item?.textContent).toMatch(/sequence\s*boot\s*20 s/);
    await user.dblClick(item!);
    expect(await rowTexts()).toEqual(['boot', 'boot']);
  });
});
