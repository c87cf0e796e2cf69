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
