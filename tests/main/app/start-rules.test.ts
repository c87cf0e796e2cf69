import { describe, expect, it } from 'vitest';
import { isFromMenu, isSandboxOff, refusedSwitch, resolverRules } from '../../../main/app/start-rules.ts';

const start = { words: [], env: {}, platform: 'linux', isRoot: false, isPackaged: true, isInspected: false } as const;

describe('the sandbox', () => {
  it.each([
    ['of an ordinary user', start, false],
    ['of root', { ...start, isRoot: true }, true],
    ['of an administrator of macOS', { ...start, isRoot: true, platform: 'darwin' }, false],
    ['with --no-sandbox', { ...start, words: ['--no-sandbox'] }, true],
    ['with ELECTRON_DISABLE_SANDBOX', { ...start, env: { ELECTRON_DISABLE_SANDBOX: '1' } }, true],
  ] as const)('%s is known to be on or off', (_what, facts, expected) => {
    expect(isSandboxOff(facts)).toBe(expected);
  });
});

describe('a released app', () => {
  it.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '-remote-debugging-port=0',
    '--Remote-Debugging-Port=1',
  ])('does not start with %s', (word) => {
    expect(refusedSwitch({ ...start, words: ['--demo', word] })).toBe(word);
  });

  it('starts with everything else, and a build for tests or an unpacked app with all', () => {
    const words = ['--remote-debugging-port=0'];

    expect(refusedSwitch({ ...start, words: ['--demo', '--talosconfig', 'remote-debugging-port'] })).toBe(undefined);
    expect(refusedSwitch({ ...start, words, isPackaged: false })).toBe(undefined);
    expect(refusedSwitch({ ...start, words, isInspected: true })).toBe(undefined);
  });
});

describe('a start from a menu', () => {
  it.each([
    ['without anything of a shell', start, true],
    ['from a terminal', { ...start, env: { TERM: 'xterm' } }, false],
    ['from a script', { ...start, env: { SHLVL: '1' } }, false],
    ['on Windows, where the user’s variables are everywhere', { ...start, platform: 'win32' }, false],
  ] as const)('%s is told from one in a shell', (_what, facts, expected) => {
    expect(isFromMenu(facts)).toBe(expected);
  });
});

describe('the hosts that Chromium finds', () => {
  it.each([
    ['of a build that names no address', undefined, 'MAP * ~NOTFOUND'],
    ['of one that names a folder', 'https://example.org:8443/minos/', 'MAP * ~NOTFOUND, EXCLUDE example.org'],
    ['of one whose address would be read as a rule', 'https://*.example.org/', 'MAP * ~NOTFOUND'],
    ['of one with several in it', 'https://example.org,other.example/', 'MAP * ~NOTFOUND'],
    ['of one that names none', 'nothing', 'MAP * ~NOTFOUND'],
  ])('%s are none but that of its updates', (_what, updates, expected) => {
    expect(resolverRules(updates)).toBe(expected);
  });
});
