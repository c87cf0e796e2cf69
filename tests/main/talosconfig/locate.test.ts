import { describe, expect, test } from 'vitest';
import { chooseTalosconfig, type LocateInput } from '../../../main/talosconfig/locate.ts';

const SERVICE = '/var/run/secrets/talos.dev/config';

interface Row {
  readonly name: string;
  readonly flag?: string;
  readonly env?: Record<string, string>;
  readonly there?: readonly string[];
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
  readonly path: string;
  readonly reason: string;
  readonly exists?: boolean;
  readonly writable?: boolean;
  readonly talosctl?: string;
}

const xdg = { XDG_CONFIG_HOME: '/x' };
const rows: readonly Row[] = [
  {
    name: 'the flag wins over everything',
    flag: '/f',
    env: { TALOSCONFIG: '/e' },
    there: ['/f', '/e'],
    path: '/f',
    reason: 'flag',
    exists: true,
    talosctl: '/e',
  },
  {
    name: 'the flag names a file that is missing',
    flag: '/f',
    there: ['/h/.talos/config'],
    path: '/f',
    reason: 'flag',
    talosctl: '/h/.talos/config',
  },
  {
    name: 'the flag names what talosctl uses anyway',
    flag: '/h/.talos/config',
    there: ['/h/.talos/config'],
    path: '/h/.talos/config',
    reason: 'flag',
    exists: true,
  },
  {
    name: 'TALOSCONFIG exists',
    env: { ...xdg, TALOSCONFIG: '/e' },
    there: ['/e', '/x/talos/config.yaml'],
    path: '/e',
    reason: 'env',
    exists: true,
  },
  {
    name: 'TALOSCONFIG is missing and talosctl falls through',
    env: { TALOSCONFIG: '/e' },
    there: ['/h/.talos/config'],
    path: '/e',
    reason: 'env',
    talosctl: '/h/.talos/config',
  },
  { name: 'TALOSCONFIG is missing and nothing else exists', env: { TALOSCONFIG: '/e' }, path: '/e', reason: 'env' },
  {
    name: 'TALOSCONFIG is missing in a pod',
    env: { TALOSCONFIG: '/e' },
    there: [SERVICE],
    path: '/e',
    reason: 'env',
    talosctl: SERVICE,
  },
  {
    name: 'TALOSCONFIG is empty',
    env: { TALOSCONFIG: '' },
    there: ['/h/.talos/config'],
    path: '',
    reason: 'env',
    writable: false,
    talosctl: '/h/.talos/config',
  },
  {
    name: 'TALOSCONFIG is empty and nothing exists',
    env: { TALOSCONFIG: '' },
    path: '',
    reason: 'env',
    writable: false,
  },
  {
    name: 'the XDG file exists, and talosctl would create another',
    env: xdg,
    there: ['/x/talos/config.yaml'],
    path: '/x/talos/config.yaml',
    reason: 'xdg',
    exists: true,
    talosctl: '/h/.talos/config',
  },
  {
    name: 'the XDG file and ~/.talos/config exist',
    env: xdg,
    there: ['/x/talos/config.yaml', '/h/.talos/config'],
    path: '/x/talos/config.yaml',
    reason: 'xdg',
    exists: true,
    talosctl: '/h/.talos/config',
  },
  {
    name: 'XDG is set but only ~/.talos/config exists',
    env: xdg,
    there: ['/h/.talos/config'],
    path: '/h/.talos/config',
    reason: 'home',
    exists: true,
  },
  {
    name: 'XDG is set and nothing exists',
    env: xdg,
    path: '/x/talos/config.yaml',
    reason: 'none-exists',
    talosctl: '/h/.talos/config',
  },
  {
    name: 'XDG is relative and so ignored',
    env: { XDG_CONFIG_HOME: 'x' },
    there: ['x/talos/config.yaml'],
    path: '/h/.talos/config',
    reason: 'none-exists',
  },
  {
    name: 'XDG is empty and so ignored',
    env: { XDG_CONFIG_HOME: '' },
    path: '/h/.talos/config',
    reason: 'none-exists',
  },
  {
    name: 'TALOS_HOME is absolute',
    env: { TALOS_HOME: '/t' },
    there: ['/t/config', '/h/.talos/config'],
    path: '/t/config',
    reason: 'talos-home',
    exists: true,
  },
  {
    name: 'TALOS_HOME is absolute and nothing exists',
    env: { TALOS_HOME: '/t' },
    path: '/t/config',
    reason: 'none-exists',
  },
  {
    name: 'TALOS_HOME is absolute, so ~/.talos does not count',
    env: { TALOS_HOME: '/t' },
    there: ['/h/.talos/config'],
    path: '/t/config',
    reason: 'none-exists',
  },
  {
    name: 'TALOS_HOME is relative and so ignored',
    env: { TALOS_HOME: 't' },
    there: ['/h/.talos/config', 't/config'],
    path: '/h/.talos/config',
    reason: 'home',
    exists: true,
  },
  {
    name: 'XDG and TALOS_HOME are set and only the second exists',
    env: { ...xdg, TALOS_HOME: '/t' },
    there: ['/t/config'],
    path: '/t/config',
    reason: 'talos-home',
    exists: true,
  },
  {
    name: 'a pod with only the service account',
    there: [SERVICE],
    path: SERVICE,
    reason: 'service-account',
    exists: true,
    writable: false,
  },
  {
    name: 'a pod with XDG set',
    env: xdg,
    there: [SERVICE],
    path: SERVICE,
    reason: 'service-account',
    exists: true,
    writable: false,
  },
  {
    name: 'a pod with a file of the user',
    there: [SERVICE, '/h/.talos/config'],
    path: '/h/.talos/config',
    reason: 'home',
    exists: true,
  },
  { name: 'nothing at all', path: '/h/.talos/config', reason: 'none-exists' },
  {
    name: 'Windows',
    platform: 'win32',
    home: 'C:\\Users\\a',
    there: ['C:\\Users\\a\\.talos\\config'],
    path: 'C:\\Users\\a\\.talos\\config',
    reason: 'home',
    exists: true,
  },
  {
    name: 'Windows with TALOS_HOME',
    platform: 'win32',
    home: 'C:\\Users\\a',
    env: { TALOS_HOME: 'D:\\t' },
    path: 'D:\\t\\config',
    reason: 'none-exists',
  },
];

describe('which talosconfig', () => {
  test.each(rows)('$name', (row) => {
    const input: LocateInput = {
      flag: row.flag,
      env: row.env ?? {},
      home: row.home ?? '/h',
      platform: row.platform ?? 'linux',
      exists: (path) => (row.there ?? []).includes(path),
    };

    const choice = chooseTalosconfig(input);

    expect({ ...choice, why: choice.why !== '', talosctl: choice.talosctl?.path }).toEqual({
      path: row.path,
      reason: row.reason,
      why: true,
      exists: row.exists ?? false,
      writable: row.writable ?? true,
      talosctl: row.talosctl,
    });
  });

  test('says why, and what talosctl would do instead', () => {
    const there = ['/x/talos/config.yaml', '/h/.talos/config'];
    const choice = chooseTalosconfig({ env: xdg, home: '/h', platform: 'linux', exists: (p) => there.includes(p) });

    expect([choice.why, choice.talosctl?.why]).toEqual([
      '/x/talos/config.yaml exists (XDG_CONFIG_HOME).',
      'talosctl uses /h/.talos/config: it does not look at XDG paths.',
    ]);
  });

  test('blames no XDG path where the flag is the reason', () => {
    const nothing = { home: '/h', platform: 'linux', flag: '/f', exists: () => false } as const;

    expect(chooseTalosconfig({ ...nothing, env: {} }).talosctl?.why).toBe(
      'talosctl without --talosconfig would create /h/.talos/config.',
    );
    expect(chooseTalosconfig({ ...nothing, env: {}, exists: (p) => p === '/h/.talos/config' }).talosctl?.why).toBe(
      'talosctl without --talosconfig uses /h/.talos/config.',
    );
  });

  test('says that the file named by TALOSCONFIG is missing', () => {
    const choice = chooseTalosconfig({
      env: { TALOSCONFIG: '/e' },
      home: '/h',
      platform: 'linux',
      exists: () => false,
    });

    expect(choice.why).toBe('TALOSCONFIG names /e. It does not exist.');
  });
});
