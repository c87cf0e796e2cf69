import { describe, expect, it } from 'vitest';
import { bufferOf } from '../../../../../main/operations/work/buffers/buffer-of.ts';
import { METHODS } from '../../../../../main/talos/methods.ts';
import type { MethodPath } from '../../../../../main/talos/method-types.ts';

const methods = Object.entries(METHODS) as [MethodPath, (typeof METHODS)[MethodPath]][];

describe('the buffer of a method', () => {
  it.each(methods.filter(([, { kind }]) => kind === 'server'))('of stream %s is decided', (path) => {
    expect(bufferOf(path)).toBeDefined();
  });

  it('is none for a method that is no stream', () => {
    expect(methods.filter(([path, { kind }]) => kind !== 'server' && bufferOf(path) !== undefined)).toEqual([]);
  });

  it.each(methods.filter(([, { bulk }]) => bulk === true))('loses nothing of %s, which brings files', (path) => {
    if (METHODS[path]?.kind === 'server') expect(bufferOf(path)).toBe('lossless');
  });
});
