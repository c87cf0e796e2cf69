import { describe, expect, test } from 'vitest';
import { contextName } from '../../../renderer/lib/context-names.ts';
import { showUnseen, showUnseenInText } from '../../../renderer/lib/unseen-signs.ts';

describe('unseen signs', () => {
  test('leaves ordinary names of any script alone', () => {
    for (const name of ['prod-fra', 'ядро', 'مثال', '集群', 'a b', '']) expect(showUnseen(name)).toBe(name);
  });

  test('writes out what turns the reading direction, takes no room or moves the cursor', () => {
    expect(showUnseen('\u202Edorp')).toBe('\\u202edorp');
    expect(showUnseen('pro\u200Bd\u2066\uFEFF')).toBe('pro\\u200bd\\u2066\\ufeff');
    expect(showUnseen('a\nb\u001b[31m')).toBe('a\\u000ab\\u001b[31m');
  });

  test('keeps the lines and tabs of a text', () => {
    expect(showUnseenInText('a\u202e\tb\nc\u0007')).toBe('a\\u202e\tb\nc\\u0007');
  });

  test('does not let a context look like another one', () => {
    expect(contextName({ name: '\u202Edorp' })).toBe('\\u202edorp');
  });
});
