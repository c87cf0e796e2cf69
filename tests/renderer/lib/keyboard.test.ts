import { describe, expect, it } from 'vitest';
import { chordKeys, isTyping, matchesChord } from '../../../renderer/lib/keyboard.ts';

const press = (init: KeyboardEventInit): KeyboardEvent => new KeyboardEvent('keydown', init);

describe('a chord', () => {
  it('means Ctrl here and ⌘ on a Mac, and nothing with further keys', () => {
    const isMac = true;

    expect(matchesChord(press({ key: 'k', ctrlKey: true }), 'mod+k', !isMac)).toBe(true);
    expect(matchesChord(press({ key: 'k', metaKey: true }), 'mod+k', isMac)).toBe(true);
    expect(matchesChord(press({ key: 'k', ctrlKey: true }), 'mod+k', isMac)).toBe(false);
    expect(matchesChord(press({ key: 'k', ctrlKey: true, altKey: true }), 'mod+k', !isMac)).toBe(false);
    expect(matchesChord(press({ key: '/', ctrlKey: true }), '/', !isMac)).toBe(false);
  });

  it('with and without Shift are two, unless it is a single sign', () => {
    const shifted = press({ key: 'Z', ctrlKey: true, shiftKey: true });

    expect([matchesChord(shifted, 'mod+z', false), matchesChord(shifted, 'mod+Shift+z', false)]).toEqual([false, true]);
    expect(matchesChord(press({ key: 'z', ctrlKey: true }), 'mod+Shift+z', false)).toBe(false);
    expect(matchesChord(press({ key: '?', shiftKey: true }), '?', false)).toBe(true);
  });

  it('with Alt is another than without', () => {
    const pressed = press({ key: 'ArrowLeft', altKey: true });

    expect([matchesChord(pressed, 'Alt+ArrowLeft', false), matchesChord(pressed, 'ArrowLeft', false)]).toEqual([
      true,
      false,
    ]);
    expect(matchesChord(press({ key: 'ArrowLeft' }), 'Alt+ArrowLeft', false)).toBe(false);
  });

  it('is printed as the keys of the system', () => {
    expect(chordKeys('mod+k', true)).toEqual(['⌘', 'K']);
    expect(chordKeys('mod+k', false)).toEqual(['Ctrl', 'K']);
    expect(chordKeys('Escape', false)).toEqual(['Escape']);
    expect(chordKeys('Alt+ArrowLeft', false)).toEqual(['Alt', '←']);
  });
});

describe('typing', () => {
  it('is what happens in text fields, not on buttons and checkboxes', () => {
    document.body.innerHTML = '<input><textarea></textarea><input type="checkbox"><button></button>';
    const found = [...document.body.children].map((element) => isTyping(element));

    expect(found).toEqual([true, true, false, false]);
    expect(isTyping(null)).toBe(false);
  });
});
