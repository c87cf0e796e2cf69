import { describe, expect, it } from 'vitest';
import { Preferences, type Shelf } from '../../../renderer/state/preferences.svelte.ts';
import { emptyShelf } from '../support/shelf.ts';
import { dropSet, savedSets, saveSet } from '../../../renderer/features/lens/sources/saved-sets.ts';

class FakeShelf implements Shelf {
  text: string | null;
  constructor(text: string | null = null) {
    this.text = text;
  }
  getItem(): string | null {
    return this.text;
  }
  setItem(_key: string, value: string): void {
    this.text = value;
  }
}

describe('preferences', () => {
  it('are there again at the next start, for any context name', () => {
    const shelf = new FakeShelf();
    const before = new Preferences(shelf);
    before.theme = 'dark';
    before.density = 'compact';
    before.setBand('__proto__', 3);

    const after = new Preferences(shelf);

    expect([after.theme, after.density, after.rowHeightPx]).toEqual(['dark', 'compact', 28]);
    expect(after.bandOf('__proto__')).toBe(3);
  });

  it.each(['not json', '7', 'null', '{"theme":"pink","marks":{"a":1}}', '{"marks":[["lab",{"band":99}],[7]]}'])(
    'fall back to the default where %s was stored',
    (text) => {
      const preferences = new Preferences(new FakeShelf(text));

      expect([preferences.theme, preferences.density, preferences.rail]).toEqual(['system', 'default', 'auto']);
      expect(preferences.bandOf('lab')).toBeGreaterThanOrEqual(1);
      expect(preferences.bandOf('lab')).toBeLessThanOrEqual(8);
    },
  );

  it('hold for this window when nothing can be stored', () => {
    const full: Shelf = {
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    const preferences = new Preferences(full);
    preferences.theme = 'light';

    expect(preferences.theme).toBe('light');
  });

  it('keep the production marks of an earlier version until they are handed over', () => {
    const marks = [
      ['prod', { band: 2, isProduction: true }],
      ['lab', { isProduction: false }],
      ['__proto__', { isProduction: true }],
    ];
    const shelf = new FakeShelf(JSON.stringify({ marks }));
    const before = new Preferences(shelf);
    before.theme = 'dark';
    before.dropOldProduction('prod');

    const after = new Preferences(shelf);

    expect([after.oldProduction, after.hasOldProduction('prod'), after.bandOf('prod')]).toEqual([
      ['__proto__'],
      false,
      2,
    ]);
  });

  it('give a context the same band every time', () => {
    expect(new Preferences(undefined).bandOf('prod-fra')).toBe(new Preferences(undefined).bandOf('prod-fra'));
  });
});

describe('what features keep', () => {
  it('is there again after a start, beside the looks, and a damaged shelf keeps nothing', () => {
    const values = new Map<string, string>();
    const shelf = {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (k: string, v: string) => void values.set(k, v),
    };
    const preferences = new Preferences(shelf);
    saveSet(preferences, { name: 'kubelets', nodes: 'all', keys: ['service:kubelet'] });
    saveSet(preferences, { name: 'kubelets', nodes: ['10.5.0.2'], keys: ['service:kubelet', 'kernel'] });
    preferences.theme = 'dark';

    const again = new Preferences(shelf);
    expect(savedSets(again)).toEqual([{ name: 'kubelets', nodes: ['10.5.0.2'], keys: ['service:kubelet', 'kernel'] }]);
    expect(again.theme).toBe('dark');
    dropSet(again, 'kubelets');
    expect(savedSets(new Preferences(shelf))).toEqual([]);

    again.keep('lens.sets', [{ name: '', nodes: 'all', keys: [] }, { name: 'x', nodes: 7, keys: [] }, null, 'y']);
    expect(savedSets(new Preferences(shelf))).toEqual([]);
  });
});

describe('two windows', () => {
  it('do not take back what the other one chose, and show it once they are told', () => {
    const shelf = emptyShelf();
    const one = new Preferences(shelf);
    const two = new Preferences(shelf);

    one.theme = 'dark';
    one.keep('tray', true);
    two.density = 'compact';
    two.setBand('prod', 3);
    one.keep('drawer', 40);

    for (const each of [one, two, new Preferences(shelf)]) {
      each.readAgain();
      expect([each.theme, each.density, each.bandOf('prod'), each.kept('tray'), each.kept('drawer')]).toEqual([
        'dark',
        'compact',
        3,
        true,
        40,
      ]);
    }
  });

  it('keep what is theirs beside it, and what a window kept that is no more is dropped', () => {
    const kept = new Map<string, string>([['other', 'x']]);
    const shelf: Shelf = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
      key: (index) => [...kept.keys()][index] ?? null,
      get length() {
        return kept.size;
      },
    };
    const one = new Preferences(shelf);
    one.theme = 'light';
    one.keepAlone('tabs.1', { a: 1 });
    one.keepAlone('tabs.2', [2]);

    one.dropAlone((name) => name !== 'tabs.2');

    expect([...kept.keys()]).toEqual(['other', 'minos.preferences', 'minos.tabs.2']);
    expect([one.keptAlone('tabs.1'), one.keptAlone('tabs.2')]).toEqual([null, [2]]);
  });
});
