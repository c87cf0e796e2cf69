import { describe, expect, it } from 'vitest';
import guide from '../../../docs/user-guide.md?raw';
import { MENU_ACTIONS } from '../../../preload/contract/index.ts';
import { chordKeys } from '../../../renderer/lib/keyboard.ts';
import { ACTIONS, FEATURES, SCREENS, inspectorOf, offersOf } from '../../../renderer/shell/features.ts';

/** Everything that can name a key; the gallery shows made-up ones. */
const SOURCES = Object.entries(
  import.meta.glob<string>(
    [
      '/main/**/*.ts',
      '/preload/**/*.ts',
      '/renderer/**/*.{ts,svelte}',
      '!/renderer/gallery/**',
      '!/main/talos/generated/**',
    ],
    { query: '?raw', import: 'default', eager: true },
  ),
).map(([file, text]) => ({ file: file.slice(1), text }));

const chords = ACTIONS.flatMap(({ chord }) => chord ?? []);

/** Files that hold a text, as often as they do. */
const placesOf = (text: string): readonly string[] =>
  SOURCES.flatMap(({ file, text: source }) => Array<string>(source.split(text).length - 1).fill(file));

describe('the actions of all features', () => {
  it('are each known by one id', () => {
    const ids = ACTIONS.map(({ id }) => id);
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
  });

  it('share no key', () => {
    const keys = chords.map((chord) => chord.toLowerCase());
    expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
  });

  it.each(chords)('have the key %s written in one place', (chord) => {
    // A sign alone is many things; `mod+` is nothing but a key.
    const spelled = chord.startsWith('mod+')
      ? [`'${chord}'`, `"${chord}"`]
      : [`chord: '${chord}'`, `chord="${chord}"`, `FILTER_KEY = '${chord}'`, `CLOSE_KEY = '${chord}'`];
    expect(spelled.flatMap(placesOf)).toHaveLength(1);
  });

  it('have no key spelled the way of the native menu', () => {
    const found = SOURCES.filter(({ text }) => /CmdOrCtrl\+(?!Shift\+R)\w/.test(text)).map(({ file }) => file);
    // It says in a comment how a key is spelled there.
    expect(found).toEqual(['main/app/menu-template.ts']);
  });

  it('include all that stand in the native menu, with the same key', () => {
    for (const [id, entry] of Object.entries(MENU_ACTIONS)) {
      const chord = 'chord' in entry ? entry.chord : undefined;
      const action = ACTIONS.find((each) => each.id === id);
      expect(action, id).toBeDefined();
      if (chord !== undefined) expect(action?.chord).toBe(chord);
    }
  });

  it('have their keys in the user guide', () => {
    const missing = chords
      .map((chord) => chordKeys(chord, false).join(' '))
      .filter((keys) => !guide.includes(`**${keys}**`));
    expect(missing).toEqual([]);
  });
});

describe('the features', () => {
  it('have each their own place and screen', () => {
    expect(new Set(FEATURES.map(({ order }) => order)).size).toBe(FEATURES.length);
    const listed = ['overview', 'fleet', 'nodes', 'explore', 'runs', 'kubeconfig', 'endpoints', 'contexts'];
    expect(SCREENS.map(({ id }) => id).filter((id) => listed.includes(id))).toEqual(listed);
    expect(SCREENS[0]?.id).toBe('overview');
    expect(SCREENS.map(({ id }) => id)).not.toContain('node');
  });

  it('inspect every kind of thing that some screen inspects', () => {
    const kinds = new Set(
      SOURCES.flatMap(({ text }) => [...text.matchAll(/\binspect\('(\w+)'/g)].map(([, kind = '']) => kind)),
    );
    expect(kinds.size).toBeGreaterThan(3);
    expect([...kinds].filter((kind) => inspectorOf(kind) === undefined)).toEqual([]);
  });

  it('offer something on every kind of thing that can be right-clicked', () => {
    const kinds = new Set(
      SOURCES.flatMap(({ text }) => [...text.matchAll(/\.offer\('(\w+)'/g)].map(([, kind = '']) => kind)),
    );
    expect([...kinds].toSorted()).toEqual(['context', 'endpoint', 'node', 'run']);
    expect([...kinds].filter((kind) => offersOf(kind).length === 0)).toEqual([]);
    const isNamed = (kind: string): boolean => FEATURES.some(({ titles }) => titles?.[kind] !== undefined);
    expect([...kinds].filter((kind) => inspectorOf(kind) === undefined && !isNamed(kind))).toEqual([]);
  });
});
