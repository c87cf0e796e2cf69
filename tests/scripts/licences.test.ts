import { describe, expect, it } from 'vitest';
import { lockfileProblems, resolve, type Lockfile } from '../../scripts/licences/lockfile.ts';
import { packagesIn, withNeeds } from '../../scripts/licences/shipped-packages.ts';
import { licenceProblems } from '../../scripts/licences/third-party.ts';

const locked = (over: object = {}) => ({ version: '1.0.0', license: 'MIT', integrity: 'sha512-x', ...over });
const root = { version: '0.1.0' };

describe('what is shipped', () => {
  it('is what sources import, without Node, Electron and files of our own', () => {
    const source = `import { app } from 'electron';
      import type { X } from '@grpc/grpc-js';
      import { y } from 'svelte/reactivity';
      import 'reflect-metadata';
      import fs from 'node:fs';
      import { z } from './z.ts';
      @import '@fontsource-variable/inter/wght.css';
      const later = await import('yaml');
      throw new Error('taken from "a b"');`;

    expect([...packagesIn(source)].sort()).toEqual([
      '@fontsource-variable/inter',
      '@grpc/grpc-js',
      'reflect-metadata',
      'svelte',
      'yaml',
    ]);
  });

  it('includes what that needs, each in the version it gets, also in a circle', () => {
    const lock: Lockfile = {
      '': root,
      'node_modules/a': locked({ dependencies: { b: '^1', c: '^1' } }),
      'node_modules/a/node_modules/b': locked({ version: '1.0.0' }),
      'node_modules/b': locked({ version: '2.0.0' }),
      'node_modules/c': locked({ dependencies: { a: '^1', b: '^2' } }),
      'node_modules/d': locked(),
    };

    expect(withNeeds(lock, ['a'])).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/b',
      'node_modules/c',
    ]);
    expect(resolve(lock, 'node_modules/a/node_modules/b', 'd')).toBe('node_modules/d');
    expect(() => withNeeds(lock, ['missing'])).toThrow('missing is imported');
  });
});

describe('the check', () => {
  it('names packages whose licence is not on the list', () => {
    const lock: Lockfile = {
      '': root,
      'node_modules/free': locked(),
      'node_modules/copyleft': locked({ license: 'GPL-3.0' }),
      'node_modules/@a/silent': { version: '1.0.0', integrity: 'sha512-x' },
    };

    expect(licenceProblems(lock, ['node_modules/free', 'node_modules/copyleft', 'node_modules/@a/silent'])).toEqual([
      'copyleft is under GPL-3.0, which is not on the list',
      '@a/silent is under no licence, which is not on the list',
    ]);
  });

  it('names a missing integrity, a shipped script at installation and a version that may move', () => {
    const lock: Lockfile = {
      '': { ...root, dependencies: { a: '1.0.0' }, devDependencies: { b: '^2.0.0' } },
      'node_modules/a': locked({ hasInstallScript: true }),
      'node_modules/b': { version: '2.0.0' },
      'node_modules/c': locked({ hasInstallScript: true }),
    };

    expect(lockfileProblems(lock, ['node_modules/a'])).toEqual([
      'node_modules/b has no integrity',
      'node_modules/a is shipped and runs a script at installation',
      'b is not named with one exact version but ^2.0.0',
    ]);
  });
});
