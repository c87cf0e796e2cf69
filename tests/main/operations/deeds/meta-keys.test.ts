import { describe, expect, it } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import { readKey } from '../../../../main/operations/deeds/small/meta-keys.ts';

describe('a key of META', () => {
  it('is an integer as Go writes it, up to 255', () => {
    const written = ['0', '10', '0x0a', '0b11', '0o17', '017', '1_0', '255'];
    expect(written.map(readKey)).toEqual([0, 10, 10, 3, 15, 15, 10, 255]);
  });

  it.each(['256', '0x100', '-1', '0x', '1.5', 'a', '08', ''])('is not "%s"', (text) => {
    expect(() => readKey(text)).toThrow(Failed);
  });
});
