import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { openApp, type OpenApp } from '../support/open-app.ts';

const drawer = (): HTMLElement | null => screen.queryByRole('region', { name: 'Runs' });
const runButton = (): Promise<HTMLElement> => screen.findByRole('button', { name: 'Run on 14 nodes' });

async function runVersion({ user }: OpenApp): Promise<void> {
  await user.click(await runButton());
  await user.click(screen.getByRole('menuitem', { name: 'Version' }));
  await screen.findByText(/13 ok · 1 failed/);
}

describe('the drawer', () => {
  it('closes by its button, and the focus goes back to where it came from', async () => {
    const app = openApp('nodes');
    await runVersion(app);
    (await runButton()).focus();
    within(drawer()!).getByRole('button', { name: 'Close the run' }).focus();

    await app.user.keyboard('{Enter}');

    expect(drawer()).toBeNull();
    expect(document.activeElement).toBe(await runButton());
  });

  it('closes by Escape, after what is open beside it', async () => {
    const app = openApp('nodes');
    await runVersion(app);
    const grid = within(drawer()!).getByRole('grid');
    grid.focus();
    await app.user.keyboard('{ArrowDown}{Enter}');
    expect(await screen.findByRole('complementary')).toBeTruthy();

    await app.user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('complementary')).toBeNull());
    expect([drawer() !== null, document.activeElement]).toEqual([true, grid]);
    await app.user.keyboard('{Escape}');

    await waitFor(() => expect(drawer()).toBeNull());
    expect(document.activeElement).not.toBe(document.body);
  });

  it('comes back with the next run, and with one chosen among the runs', async () => {
    const app = openApp('nodes');
    await runVersion(app);
    await app.user.click(within(drawer()!).getByRole('button', { name: 'Close the run' }));
    expect(drawer()).toBeNull();

    await app.user.click(await runButton());
    await app.user.click(screen.getByRole('menuitem', { name: 'Version' }));
    expect((await screen.findByRole('region', { name: 'Runs' })).textContent).toContain('Run #2');

    await app.user.click(within(drawer()!).getByRole('button', { name: 'Close the run' }));
    await app.user.click(screen.getByRole('link', { name: 'Runs' }));
    const runs = await screen.findByRole('list', { name: 'Runs of this session' });
    await app.user.click(within(runs).getByRole('button', { name: /#1 Version/ }));
    await app.user.click(screen.getByRole('link', { name: 'Nodes' }));
    expect((await screen.findByRole('region', { name: 'Runs' })).textContent).toContain('Run #1');
  });

  it('gives the focus back when the inspector closes', async () => {
    const app = openApp('nodes');
    const grid = await screen.findByRole('grid', { name: 'Nodes' });
    grid.focus();
    await app.user.keyboard('{ArrowDown}{Enter}');
    const inspector = await screen.findByRole('complementary');

    await app.user.click(within(inspector).getByRole('button', { name: 'Close the inspector' }));

    expect(screen.queryByRole('complementary')).toBeNull();
    expect(document.activeElement).toBe(grid);
  });
});
