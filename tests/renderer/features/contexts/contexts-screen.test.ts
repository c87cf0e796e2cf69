import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { openApp } from '../../support/open-app.ts';

describe('the contexts screen', () => {
  it('lists broken ones with what is wrong and Omni as not supported yet', async () => {
    openApp('contexts');
    await screen.findByRole('row', { name: /prod-fra/ });

    const problem = (name: string): string | undefined =>
      within(screen.getByRole('row', { name: new RegExp(name) }))
        .getAllByRole('cell')[2]
        ?.textContent.trim();

    expect(['prod-fra', 'old-berlin', 'omni-team', '010'].map(problem)).toEqual([
      '',
      'The client certificate expired on 22 Feb 2026.',
      'sign-in not supported yet',
      'The context lists no endpoints.',
    ]);
  });

  it('opens one with its facts, marks it as production and switches to it', async () => {
    const { user, bridge } = openApp('contexts');
    await user.click(await screen.findByRole('rowheader', { name: /staging/ }));
    const inspector = screen.getByRole('complementary', { name: 'Context staging' });
    expect(inspector.textContent).toContain('os:operator');

    await user.click(within(inspector).getByRole('checkbox', { name: /Production/ }));
    await user.click(within(inspector).getByRole('button', { name: 'Work on this context' }));

    expect(await screen.findByText('production')).toBeTruthy();
    expect(bridge.calls.filter(({ name }) => name === 'contexts.select')).toEqual([
      { name: 'contexts.select', input: { name: 'staging' } },
    ]);
    expect(screen.getByRole('button', { name: 'Context: staging' })).toBeTruthy();
  });

  it('shows where in the file a problem stands and what to do', async () => {
    const { user } = openApp('contexts');

    await user.click(await screen.findByRole('rowheader', { name: /010/ }));

    const problems = within(screen.getByRole('complementary')).getByRole('list', { name: 'Problems' });
    expect(problems.textContent).toContain('contexts.010.endpoints, line 58, column 7');
    expect(problems.textContent).toContain('Add one with talosctl config endpoint.');
  });
});
