import { waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { openDeedForm } from '../../support/deed-form.ts';

const UPGRADE = {
  id: 'upgrade',
  title: 'Upgrade Talos',
  about: 'Each machine gets the wanted version.',
  params: [
    { id: 'version', title: 'To version', kind: 'text', required: false },
    { id: 'image', title: 'Or this installer image', kind: 'text', required: false },
  ],
  needsOneOf: ['version', 'image'],
} as const;

describe('a deed that needs one thing or another', () => {
  it('asks for either before any machine is read, and keeps the fields in sight while what was said is wrong', async () => {
    const asked: unknown[] = [];
    const bridge = clusterBridge().answer('deeds.plan', ({ params }) => {
      asked.push(params);
      const failure = failureOf('invalid', 'There is no such version.', { where: { field: 'version' } });
      return { ok: false, failure };
    });
    const { user, sheet, plan } = await openDeedForm(bridge, UPGRADE);
    expect([plan.disabled, asked]).toEqual([true, []]);

    await user.type(within(sheet).getByLabelText('To version'), 'v9');
    await user.click(plan);

    await within(sheet).findByText('There is no such version.');
    expect(asked).toEqual([{ version: 'v9' }]);
    const form = within(sheet).getByLabelText('To version').closest('details');
    expect(form?.open).toBe(true);
    // Nor is it closed under whoever corrects it.
    await user.type(within(sheet).getByLabelText('To version'), '1');
    await waitFor(() => expect(within(sheet).queryByText('There is no such version.')).toBeNull());
    expect(form?.open).toBe(true);
    expect(within(sheet).getByRole<HTMLButtonElement>('button', { name: 'Plan it so' }).disabled).toBe(false);
  });
});
