import { describe, expect, it } from 'vitest';
import { Selection } from '../../../renderer/state/selection.svelte.ts';

const ORDER = ['a', 'b', 'c', 'd', 'e'];

describe('a selection', () => {
  it('grows and shrinks as a range from the last touched row, keeping what was selected before', () => {
    const selection = new Selection();
    selection.toggle('e');
    selection.toggle('b');

    selection.extendTo('d', ORDER);
    expect([...selection.keys].sort()).toEqual(['b', 'c', 'd', 'e']);
    selection.extendTo('a', ORDER);

    expect([...selection.keys].sort()).toEqual(['a', 'b', 'e']);
  });

  it('starts with the row itself when nothing was touched', () => {
    const selection = new Selection();

    selection.extendTo('c', ORDER);

    expect([...selection.keys]).toEqual(['c']);
  });

  it('drops what is no longer there', () => {
    const selection = new Selection();
    selection.set(['a', 'x']);

    selection.keep(new Set(ORDER));

    expect([...selection.keys]).toEqual(['a']);
  });
});
