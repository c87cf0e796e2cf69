import { describe, expect, it } from 'vitest';
import { COMMANDS, PLACED } from '../../../../../main/operations/commands/index.ts';
import { DEED_COMMANDS } from '../../../../../main/operations/deeds/deed-list.ts';
import { completeTalosctl } from '../../../../../main/operations/commands/kit/talosctl-complete.ts';

const complete = (line: string) => completeTalosctl(line, [...COMMANDS, ...PLACED, ...DEED_COMMANDS]);
const words = (line: string): readonly string[] => complete(line).options.map(({ text }) => text);

describe('a line of talosctl that is being typed', () => {
  it('goes on with commands, and with the second word of those that have two', () => {
    expect(words('talosctl vers')).toEqual(['version']);
    expect(words('$ talosctl etcd memb')).toEqual(['members']);
    expect(words('talosctl -n cp-1 reb')).toEqual(['reboot']);
    expect(words('talosctl ')).toEqual(expect.arrayContaining(['etcd', 'get', 'reboot', 'version']));
  });

  it('goes on with the flags of its command, which say what they are, and not with those that have no effect', () => {
    expect(words('talosctl ps --so')).toEqual(['--sort']);
    expect(words('talosctl version --n')).toContain('--nodes');
    expect(words('talosctl version --end')).toEqual([]);
    expect(complete('talosctl ps --so').options[0]?.about).not.toBe('');
  });

  it('goes on with the values of a flag, also behind =', () => {
    expect(words('talosctl ps --sort c')).toEqual(['cpu']);
    expect(complete('talosctl ps --sort=c')).toMatchObject({ before: 'talosctl ps --sort=', word: 'c' });
    expect(words('talosctl ps --sort=c')).toEqual(['cpu']);
  });

  it('leaves nodes, contexts and types to whoever knows them, item by item', () => {
    expect(complete('talosctl -n 10.5.0.2,wor')).toEqual({
      before: 'talosctl -n 10.5.0.2,',
      word: 'wor',
      options: [],
      wants: 'node',
    });
    expect(complete('talosctl --context pr')).toMatchObject({ word: 'pr', wants: 'context' });
    expect(complete('talosctl -n a get mem')).toMatchObject({ word: 'mem', wants: 'resource-type' });
    expect(complete('talosctl -n a get members cp')).not.toHaveProperty('wants');
  });

  it.each(['kubectl get', 'talosctl get "mem', 'talosctl version | gr', '', 'talosctl'])(
    'offers nothing for %j',
    (line) => {
      expect(complete(line).options).toEqual([]);
    },
  );
});
