import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { PAGES, placeOf, placeOfScreen, searchGuide } from '../../../renderer/features/guide/pages.ts';
import { FEATURES } from '../../../renderer/shell/features.ts';
import { openApp } from '../support/open-app.ts';

const article = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole('article', { name });

describe('the guide in the app', () => {
  it('has a place for every screen', () => {
    const named = new Set(PAGES.flatMap(({ screens }) => screens.map((each) => each.screen)));
    const screens = FEATURES.filter((feature) => feature.screen).map(({ id }) => id);

    expect(screens.filter((id) => !named.has(id))).toEqual([]);
    expect([...named].filter((id) => !screens.includes(id))).toEqual([]);
  });

  it('opens with F1 at what is said of the screen in view, and Alt with an arrow goes back', async () => {
    const { session, user } = openApp('nodes');
    await screen.findByRole('navigation', { name: 'Screens' });

    await user.keyboard('{F1}');

    await article(/^Is anything wrong/);
    const heading = screen.getByRole('heading', { name: 'Nodes', level: 3 });
    await waitFor(() => expect(document.activeElement).toBe(heading));
    expect(screen.getByRole('img', { name: 'The nodes of a cluster, one of them not reached' })).toBeTruthy();
    expect(session.screen.id).toBe('guide');
  });

  it('finds pages by their words, and opens one', async () => {
    const { user } = openApp('guide');
    await article(PAGES[0]?.title ?? '');

    const list = within(screen.getByRole('navigation', { name: 'Pages of the guide' }));
    await user.type(screen.getByRole('textbox', { name: /^Filter pages/ }), 'wipe a disk');

    await user.click(list.getAllByRole('link')[0] ?? expect.fail('nothing was found'));

    await article('Change something on a machine');
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Wipe a disk' }));
    expect(list.getAllByRole('link').length).toBeLessThan(PAGES.length);
  });

  it('begins a page at its beginning, however far the one before was scrolled', async () => {
    const { session } = openApp('guide');
    await article(PAGES[0]?.title ?? '');
    const main = screen.getByRole('main');
    main.scrollTop = 500;

    session.screen.show('guide', 'kubeconfig');

    await article('Kubeconfig');
    await waitFor(() => expect(main.scrollTop).toBe(0));
  });

  it('is in the palette, page by page', async () => {
    const { session, user } = openApp('nodes');
    await screen.findByRole('navigation', { name: 'Screens' });
    await user.keyboard('{Control>}k{/Control}');

    await user.type(screen.getByRole('combobox', { name: 'Search or run' }), 'guide kubeconfig');
    await user.keyboard('{Enter}');

    await article('Kubeconfig');
    expect(session.screen.part).toBe('kubeconfig');
  });
});

describe('a search in the guide', () => {
  const page = (id: string, title: string, text: string) => ({
    ...{ id, title, screens: [] },
    blocks: [
      { kind: 'heading', id: `${id}-part`, text: `Part of ${id}` },
      { kind: 'paragraph', inlines: [{ kind: 'text', text }] },
    ] as const,
  });
  const pages = [page('a', 'First', 'words about a snapshot of etcd'), page('b', 'Snapshot', 'other words')];

  it('finds what has every word, titles first, with the section and what stands around', () => {
    expect(searchGuide('SNAPSHOT', pages).map((hit) => [hit.page.id, hit.section])).toEqual([
      ['b', undefined],
      ['a', 'a-part'],
    ]);
    expect(searchGuide('etcd snapshot', pages).map(({ text }) => text)).toEqual(['words about a snapshot of etcd']);
    expect([searchGuide('nothing of it', pages), searchGuide('  ', pages)]).toEqual([[], []]);
  });

  it('knows pages and sections by their ids', () => {
    expect(placeOf('b-part', pages)).toMatchObject({ page: { id: 'b' }, section: 'b-part' });
    expect(placeOf('none', pages)).toBeUndefined();
    expect(placeOfScreen('none', pages)?.page.id).toBe('a');
  });
});
