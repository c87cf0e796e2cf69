import { describe, expect, it } from 'vitest';
import { Preferences } from '../../../../renderer/state/preferences.svelte.ts';
import { TableLooks } from '../../../../renderer/state/tables/table-looks.ts';
import { emptyShelf } from '../../support/shelf.ts';

const FIRST = { sort: { column: 'status', direction: 'ascending' }, hidden: ['os'] } as const;

describe('how a table was arranged', () => {
  it('is kept between starts, each table by its own name', () => {
    const shelf = emptyShelf();
    const looks = new TableLooks(new Preferences(shelf), 'nodes', FIRST);
    looks.sort = { column: 'cpu', direction: 'descending' };
    looks.hidden = new Set(['cpu', 'memory']);
    looks.widths = new Map([['name', 300]]);

    const again = new TableLooks(new Preferences(shelf), 'nodes', FIRST);
    expect(again.sort).toEqual({ column: 'cpu', direction: 'descending' });
    expect([...again.hidden]).toEqual(['cpu', 'memory']);
    expect([...again.widths]).toEqual([['name', 300]]);
    expect(new TableLooks(new Preferences(shelf), 'contexts', FIRST).sort).toEqual(FIRST.sort);
  });

  it('remembers that the rows are to stay as they come', () => {
    const shelf = emptyShelf();
    new TableLooks(new Preferences(shelf), 'nodes', FIRST).sort = undefined;

    expect(new TableLooks(new Preferences(shelf), 'nodes', FIRST).sort).toBeUndefined();
  });

  it('keeps only what the user changed: what is hidden at first may be others, of other rows', () => {
    const preferences = new Preferences(emptyShelf());
    const ofOne = new TableLooks(preferences, 'explore', { hidden: ['node', 'type'] });
    ofOne.sort = { column: 'id', direction: 'descending' };
    ofOne.hidden = new Set(['node', 'size']);

    const ofMany = new TableLooks(preferences, 'explore', { hidden: ['type'] });
    expect([[...ofMany.hidden], ofMany.sort?.column]).toEqual([['size'], 'id']);
    expect([...ofOne.hidden]).toEqual(['node', 'size']);
    ofOne.hidden = new Set(['node', 'type']);
    expect([[...ofOne.hidden], [...ofMany.hidden]]).toEqual([['node', 'type'], ['type']]);
  });

  it('understands what an earlier version kept: all that was hidden', () => {
    const preferences = new Preferences(emptyShelf());
    preferences.keep('table.nodes', { sort: null, hidden: ['cpu', 'os'], widths: [] });
    const looks = new TableLooks(preferences, 'nodes', { hidden: ['os', 'kernel'] });

    expect([...looks.hidden].sort()).toEqual(['cpu', 'os']);
    looks.hidden = new Set();
    expect([...looks.hidden]).toEqual([]);
  });

  it.each([7, [], { sort: 3, hidden: 'x', widths: [['a', -1], ['b'], 5] }, { sort: { column: 1 } }])(
    'begins as usual where %j was kept',
    (kept) => {
      const preferences = new Preferences(emptyShelf());
      preferences.keep('table.nodes', kept);
      const looks = new TableLooks(preferences, 'nodes', FIRST);

      expect(looks.sort).toEqual(FIRST.sort);
      expect(looks.widths.size).toBe(0);
    },
  );
});
