import { describe, expect, it } from 'vitest';
import { nearestNames } from '../../../../../main/operations/commands/kit/nearest-names.ts';

const NAMES = ['version', 'service', 'logs', 'list', 'etcd members', 'etcd status', 'reboot', 'reset', 'restart'];

describe('names nearest to a word', () => {
  it.each([
    ['verison', ['version']],
    ['log', ['logs']],
    ['services', ['service']],
    ['members', ['etcd members']],
    ['serv', ['service']],
    // Nothing that destroys is offered for a slip in what does not.
    ['rebot', ['reboot']],
    ['ETCD', ['etcd status', 'etcd members']],
    ['Version', ['version']],
  ])('%s may mean %j', (word, expected) => {
    expect(nearestNames(word, NAMES)).toEqual(expected);
  });

  it.each(['', 'x', 'frobnicate', 'ls', 'l'.repeat(10_000)])('“%.12s” means none of them', (word) => {
    expect(nearestNames(word, NAMES)).toEqual([]);
  });
});
