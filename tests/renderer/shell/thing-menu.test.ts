import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { VERSION_COMMAND } from '../../fakes/bridge/cluster-data.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';

const menu = (): Promise<HTMLElement> => screen.findByRole('menu');
const linesOf = (open: HTMLElement): readonly string[] =>
  within(open)
    .getAllByRole('menuitem')
    .map(({ textContent }) => textContent.trim());

async function rightClick({ user }: OpenApp, target: HTMLElement): Promise<HTMLElement> {
  await user.pointer({ keys: '[MouseRight]', target });
  return menu();
}

describe('a right click', () => {
  it('on a node offers what every feature has for it, and does what is chosen', async () => {
    const app = openApp('nodes');

    const open = await rightClick(app, await screen.findByText('worker-07'));
    expect(open.getAttribute('aria-label')).toBe('worker-07');
    const lines = [
      'Open its page',
      'Show details',
      'Copy its address',
      'Run on this node only…',
      'Explore its resources',
    ];
    expect(linesOf(open).filter((line) => lines.includes(line))).toEqual(lines);
    await app.user.click(within(open).getByRole('menuitem', { name: 'Run on this node only…' }));

    expect(await screen.findByRole('menuitem', { name: 'Version' })).toBeTruthy();
    expect([...app.session.nodeSelection.keys]).toEqual(['10.5.0.17']);
  });

  it('on a context says why something cannot be done, and leaves out what makes no sense', async () => {
    const app = openApp('contexts');

    const open = await rightClick(app, await screen.findByRole('rowheader', { name: /^staging/ }));
    expect(linesOf(open)).toContain('Work on this context');
    expect(linesOf(open)).toContain('Open in a new window');
    const get = within(open).getByRole('menuitem', { name: /^Get its kubeconfig/ });
    expect(get.getAttribute('aria-disabled')).toBe('true');
    expect(get.textContent).toContain('os:admin');
    await app.user.keyboard('{Escape}');
    expect(linesOf(await rightClick(app, await screen.findByRole('rowheader', { name: /^prod-fra/ })))).not.toContain(
      'Work on this context',
    );
  });

  it('on a run and on an endpoint has their menus', async () => {
    const app = openApp('endpoints');
    const list = await screen.findByRole('list', { name: 'Endpoints' });
    const [endpoint] = within(list).getAllByRole('listitem');
    const open = await rightClick(app, endpoint!);
    expect(linesOf(open)).toContain('Switch it off for this session');
    await app.user.click(within(open).getByRole('menuitem', { name: 'Show details' }));
    expect(await screen.findByRole('complementary', { name: /^Endpoint/ })).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());

    app.session.runs.start({
      context: 'prod-fra',
      command: VERSION_COMMAND,
      params: {},
      nodes: ['10.5.0.2'],
      deadlineMs: 1000,
    });
    app.session.screen.show('runs');
    const runs = await screen.findByRole('list', { name: 'Runs of this session' });
    const ofRun = await rightClick(app, within(runs).getByRole('listitem'));
    expect(ofRun.getAttribute('aria-label')).toBe('#1 Version');
    expect(linesOf(ofRun)).toContain('Run it again');
  });

  it('by the menu key is about the row where the keyboard is', async () => {
    const app = openApp('nodes');
    const grid = await screen.findByRole('grid', { name: 'Nodes' });
    grid.focus();
    await app.user.keyboard('{ArrowDown}');

    grid.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));

    expect((await menu()).getAttribute('aria-label')).toBe('cp-1');
  });

  it('opens a menu that the letters go to, not the keys of the window', async () => {
    const app = openApp('nodes');
    const open = await rightClick(app, await screen.findByText('worker-07'));
    expect(document.activeElement).toBe(within(open).getAllByRole('menuitem')[0]);

    await app.user.keyboard('?/e');

    expect(screen.queryByRole('dialog', { name: 'Keyboard shortcuts' })).toBeNull();
    expect(document.activeElement).toBe(within(open).getByRole('menuitem', { name: 'Explore its resources' }));
  });

  it('closes when the window gets another size: what it was opened on lies somewhere else', async () => {
    const app = openApp('nodes');
    await rightClick(app, await screen.findByText('worker-07'));

    window.dispatchEvent(new Event('resize'));

    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  });

  it('leaves selected text its own menu', async () => {
    openApp('nodes');
    const cell = await screen.findByText('worker-07');
    getSelection()?.selectAllChildren(cell);

    const event = new MouseEvent('contextmenu', { bubbles: true, cancelable: true });
    cell.dispatchEvent(event);

    expect([event.defaultPrevented, screen.queryByRole('menu')]).toEqual([false, null]);
    getSelection()?.removeAllRanges();
  });
});
