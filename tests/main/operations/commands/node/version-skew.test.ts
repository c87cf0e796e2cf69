import { describe, expect, it } from 'vitest';
import { versionSkew } from '../../../../../main/operations/commands/node/version-skew.ts';

const messages = (tags: Readonly<Record<string, string>>) =>
  versionSkew(new Map(Object.entries(tags))).map(({ message, nodes }) => [message, nodes]);

describe('version skew', () => {
  it('is silent when all nodes run the same', () => {
    expect(messages({ a: 'v1.13.9', b: 'v1.13.9' })).toEqual([]);
    expect(messages({})).toEqual([]);
  });

  it.each(['', 'unknown', 'vunknown', '(devel)', 'none', 'undefined', '-'])(
    'does not take a version that is not known for another one: %j',
    (tag) => {
      expect(messages({ a: 'v1.13.9', b: tag })).toEqual([]);
      expect(messages({ a: 'v1.13.9', b: tag, c: 'v1.12.0' })).toEqual([
        ['1 node runs v1.12.0; the newest here is v1.13.9.', ['c']],
      ]);
    },
  );

  it('names nodes that are older than the newest', () => {
    expect(messages({ a: 'v1.13.9', b: 'v1.9.12', c: 'v1.13.9', d: 'v1.9.12', e: 'v1.13.8' })).toEqual([
      ['1 node runs v1.13.8; the newest here is v1.13.9.', ['e']],
      ['2 nodes run v1.9.12; the newest here is v1.13.9.', ['b', 'd']],
    ]);
  });

  it('knows that a release is newer than its pre-releases', () => {
    expect(messages({ a: 'v1.14.0-alpha.2', b: 'v1.14.0-alpha.10', c: 'v1.14.0' })).toEqual([
      ['1 node runs v1.14.0-alpha.10; the newest here is v1.14.0.', ['b']],
      ['1 node runs v1.14.0-alpha.2; the newest here is v1.14.0.', ['a']],
    ]);
  });

  it('says of a tag that is no version that it is none', () => {
    expect(messages({ a: 'v1.13.9', b: '<b>none</b>' })).toEqual([
      ['1 node runs <b>none</b>, which is not a release of Talos.', ['b']],
    ]);
  });

  it('does not list a hundred different versions', () => {
    const tags = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`n${index}`, `v1.${index}.0`]));

    expect(messages(tags)).toEqual([['The nodes report 100 different versions.', undefined]]);
  });
});
