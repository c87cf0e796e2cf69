import { describe, expect, it } from 'vitest';
import { displayCommand } from '../../scripts/display.ts';
import { COMPLETE, FakeSystem } from './fake-system.ts';

describe('the display of a command', () => {
  it.each([{ DISPLAY: ':0' }, { WAYLAND_DISPLAY: 'wayland-0' }])('is the one there is: %o', (env) => {
    expect(displayCommand('app', ['x'], new FakeSystem([], env), 'linux')).toEqual({ command: 'app', args: ['x'] });
  });

  it('is xvfb on Linux without one', () => {
    expect(displayCommand('app', ['x'], new FakeSystem(COMPLETE), 'linux')).toEqual({
      command: 'xvfb-run',
      args: ['-a', '-s', '-screen 0 1920x1200x24', 'app', 'x'],
    });
  });

  it('is never xvfb elsewhere', () => {
    expect(displayCommand('app', [], new FakeSystem([]), 'darwin')).toEqual({ command: 'app', args: [] });
  });

  it('brings xvfb where it is missing and may be installed', () => {
    const system = new FakeSystem(['apt-get']);
    displayCommand('app', [], system, 'linux');
    expect(system.commands.at(-1)).toContain('xvfb xauth');
  });
});
