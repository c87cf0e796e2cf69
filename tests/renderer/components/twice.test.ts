import { render, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import Field from '../../../renderer/components/fields/Field.svelte';
import PickList from '../../../renderer/components/fields/PickList.svelte';
import Unmet from '../../../renderer/features/node/Unmet.svelte';
import { healthOf } from '../../fakes/bridge/health-data.ts';

/* Svelte refuses a list with two of the same key and draws nothing of the window any more, so what others named is no key. */

const pick = (): void => undefined;
const unmet = { name: 'time', reason: 'not in sync' };
const HEALTH = healthOf('10.5.0.2', { unmetConditions: [unmet, unmet] });

describe('what a machine or a file names twice', () => {
  it('stands once in a list that is picked from', () => {
    const items = [
      { id: 'type:disks', label: 'disks', pick },
      { id: 'type:disks', label: 'disks', pick },
    ];
    render(PickList, { props: { label: 'Search', placeholder: '', items, onpicked: pick } });

    expect(screen.getAllByRole('option')).toHaveLength(1);
  });

  it('stands twice where it is shown', () => {
    render(Unmet, { props: { health: HEALTH, nowMs: 0 } });

    expect(screen.getAllByRole('listitem')).toHaveLength(2);
  });

  it('is offered for a field', () => {
    const { container } = render(Field, { props: { label: 'Service', value: '', offers: ['cri', 'cri'] } });

    expect(container.querySelectorAll('option')).toHaveLength(2);
  });
});
