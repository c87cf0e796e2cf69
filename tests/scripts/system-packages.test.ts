import { describe, expect, it } from 'vitest';
import { ensurePackages } from '../../scripts/system-packages.ts';
import { COMPLETE, FakeSystem } from './fake-system.ts';

const INSTALL = 'apt-get install -y --no-install-recommends';

describe('the packages Minos needs', () => {
  it('leaves a complete machine alone', () => {
    const system = new FakeSystem(COMPLETE);
    ensurePackages(['chromium', 'xvfb'], system);
    expect({ commands: system.commands, said: system.said }).toEqual({ commands: [], said: [] });
  });

  it('are installed as root, with one line that says so', () => {
    const system = new FakeSystem(['apt-get']);
    ensurePackages(['chromium', 'xvfb'], system);
    expect(system.commands).toEqual(['apt-get update', `${INSTALL} chromium xvfb xauth`]);
    expect(system.said).toEqual(['Installing chromium, xvfb, xauth with apt, once.']);
  });

  it('are only those that are missing', () => {
    const system = new FakeSystem(['apt-get', 'chromium', 'Xvfb', 'xvfb-run']);
    ensurePackages(['chromium', 'xvfb'], system);
    expect(system.commands).toEqual(['apt-get update', `${INSTALL} xvfb xauth`]);
  });

  it('are installed again when the switch pretends that they are missing', () => {
    const system = new FakeSystem(COMPLETE, { MINOS_PRETEND_MISSING: 'chromium, xvfb' });
    ensurePackages(['chromium'], system);
    ensurePackages(['xvfb'], system);
    expect(system.commands.filter((command) => command.includes('install'))).toEqual([
      `${INSTALL} chromium`,
      `${INSTALL} xvfb xauth`,
    ]);
  });

  it('are named with the exact command when the user is not root', () => {
    const system = new FakeSystem(['apt-get']);
    system.isRoot = false;
    expect(() => {
      ensurePackages(['chromium', 'xvfb'], system);
    }).toThrow(
      "Minos needs chromium and xvfb. Run: sudo sh -c 'apt-get update && apt-get install -y chromium xvfb xauth'",
    );
    expect(system.commands).toEqual([]);
  });

  it('are named where there is no apt', () => {
    expect(() => {
      ensurePackages(['chromium'], new FakeSystem([]));
    }).toThrow('Minos needs chromium. Install them with');
  });

  it('stop the start when apt fails', () => {
    const system = new FakeSystem(['apt-get']);
    system.networkWorks = false;
    expect(() => {
      ensurePackages(['xvfb'], system);
    }).toThrow('apt could not install xvfb, xauth. Run: apt-get update && apt-get install -y xvfb xauth');
    expect(system.commands).toEqual(['apt-get update']);
  });
});
