import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../../main/app/command-line.ts';
import { isAllowedLink } from '../../../main/app/external-links.ts';
import { isAllowedRequest, restrictSession } from '../../../main/app/session-policy.ts';
import { menuTemplate } from '../../../main/app/menu-template.ts';
import { CONFIRM_SITE } from '../../../main/app/app-site.ts';
import { confirmAnswer } from '../../../main/app/confirm-answer.ts';
import { confirmWindowOptions, windowOptions } from '../../../main/app/window-options.ts';

describe('the window', () => {
  it('has exactly these options when packaged', () => {
    expect(windowOptions({ preloadPath: '/p/index.cjs', isPackaged: true, isDark: false })).toEqual({
      title: 'Minos',
      width: 1280,
      height: 800,
      minWidth: 900,
      minHeight: 600,
      show: false,
      backgroundColor: '#f7f7f5',
      webPreferences: {
        preload: '/p/index.cjs',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        safeDialogs: true,
        spellcheck: false,
        devTools: false,
      },
    });
  });

  it('has development tools only in development', () => {
    const { webPreferences } = windowOptions({ preloadPath: '', isPackaged: false, isDark: true });

    expect(webPreferences?.devTools).toBe(true);
  });
});

describe('the window that asks for confirmations', () => {
  it('has exactly these options when packaged: the same preferences, and a session in memory', () => {
    const facts = { preloadPath: '/p/confirm.cjs', isPackaged: true, isDark: true };

    expect(confirmWindowOptions(facts)).toEqual({
      title: 'Minos asks',
      width: 560,
      height: 440,
      minWidth: 440,
      minHeight: 360,
      modal: true,
      show: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      autoHideMenuBar: true,
      backgroundColor: '#141517',
      webPreferences: { ...windowOptions(facts).webPreferences, partition: 'confirm' },
    });
  });

  it.each([
    ['app://confirm/confirm.html', true],
    ['app://confirm/assets/a.js', true],
    ['app://minos/index.html', false],
    ['https://example.com/', false],
  ])('%s allowed in its session: %s', (url, expected) => {
    expect(isAllowedRequest(url, CONFIRM_SITE)).toBe(expected);
  });

  it.each([
    [
      { isConfirmed: true, typed: 'config' },
      { isConfirmed: true, typed: 'config' },
    ],
    [{ isConfirmed: true }, { isConfirmed: false, typed: '' }],
    [
      { isConfirmed: 'true', typed: '' },
      { isConfirmed: false, typed: '' },
    ],
    [undefined, { isConfirmed: false, typed: '' }],
    ['yes', { isConfirmed: false, typed: '' }],
  ])('takes %j as %j', (sent, expected) => {
    expect(confirmAnswer(sent)).toEqual(expected);
  });
});

describe('the session', () => {
  it.each([
    ['app://minos/index.html', true],
    ['app://minos/assets/a.js', true],
    ['data:image/png;base64,AAAA', true],
    ['app://evil/index.html', false],
    ['https://example.com/', false],
    ['http://127.0.0.1:5173/', false],
    ['file:///etc/passwd', false],
    ['ws://localhost/', false],
    ['not a url', false],
  ])('%s allowed: %s', (url, expected) => {
    expect(isAllowedRequest(url)).toBe(expected);
  });

  it('denies permissions, checks, devices, downloads and foreign requests', () => {
    const answers: unknown[] = [];
    const events = new Map<string, (event: { preventDefault(): void }) => void>();
    restrictSession({
      setPermissionRequestHandler: (ask: (c: null, p: string, answer: (yes: boolean) => void) => void) => {
        ask(null, 'camera', (yes) => answers.push(yes));
      },
      setPermissionCheckHandler: (check: () => boolean) => answers.push(check()),
      setDevicePermissionHandler: (check: () => boolean) => answers.push(check()),
      setSpellCheckerEnabled: (on: boolean) => answers.push(on),
      webRequest: {
        onBeforeRequest: (ask: (d: { url: string }, answer: (a: { cancel: boolean }) => void) => void) => {
          ask({ url: 'https://example.com' }, ({ cancel }) => answers.push(!cancel));
        },
      },
      on: (name: string, listener: (event: { preventDefault(): void }) => void) => events.set(name, listener),
    } as unknown as Parameters<typeof restrictSession>[0]);
    let isPrevented = false;
    events.get('will-download')?.({ preventDefault: () => (isPrevented = true) });

    expect(answers).toEqual([false, false, false, false, false]);
    expect(isPrevented).toBe(true);
  });
});

describe('links', () => {
  it.each([
    ['https://www.talos.dev/v1.13/', true],
    ['https://github.com/siderolabs/talos', true],
    ['http://www.talos.dev/', false],
    ['https://talos.dev.evil.com/', false],
    ['https://user:pw@github.com/', false],
    ['https://github.com:8443/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
  ])('%s may be opened: %s', (url, expected) => {
    expect(isAllowedLink(url)).toBe(expected);
  });
});

describe('the command line', () => {
  it.each([
    [['--talosconfig', '/a b'], { demo: false, smoke: false, files: [], talosconfig: '/a b' }],
    [['--talosconfig=/x', '--demo'], { demo: true, smoke: false, files: [], talosconfig: '/x' }],
    [['--no-sandbox', '--remote-debugging-port=0', '.'], { demo: false, smoke: false, files: [] }],
    [['.', '/home/me/prod.talosconfig'], { demo: false, smoke: false, files: ['/home/me/prod.talosconfig'] }],
    [
      ['--talosconfig', '/b.talosconfig', 'a.talosconfig'],
      { demo: false, smoke: false, files: ['a.talosconfig'], talosconfig: '/b.talosconfig' },
    ],
    [['/home/me/notes.txt'], { demo: false, smoke: false, files: [] }],
  ])('reads %j', (argv, expected) => {
    expect(readCommandLine(argv)).toEqual({ nodes: [], endpoints: [], ...expected });
  });

  it('names a flag without its value', () => {
    expect(() => readCommandLine(['--talosconfig'])).toThrow('--talosconfig needs a path.');
  });
});

describe('the menu', () => {
  const fileItems = (platform: NodeJS.Platform) => {
    const template = menuTemplate(platform, true, { act: () => undefined, showLog: () => undefined });
    const file = template.find(({ label }) => label === 'File')?.submenu;
    return Array.isArray(file) ? file.map(({ label, role }) => role ?? label) : [];
  };

  it('begins with a new window and the import, and ends the way of its system', () => {
    expect(fileItems('linux')).toEqual(['New window', 'Import talosconfig…', 'Settings…', undefined, 'quit']);
    expect(fileItems('darwin')).toEqual(['New window', 'Import talosconfig…', undefined, 'close']);
  });

  it('has about and settings in the menu of the app on macOS, and below Help and File elsewhere', () => {
    const actions = { act: () => undefined, showLog: () => undefined };
    const items = (platform: NodeJS.Platform, name: string): unknown[] => {
      const found = menuTemplate(platform, true, actions).find(({ label, role }) => (label ?? role) === name)?.submenu;
      return Array.isArray(found) ? found.flatMap(({ id, role }) => id ?? role ?? []) : [];
    };

    expect(items('darwin', 'Minos')).toEqual([
      ...['support.open', 'settings.open', 'services', 'hide', 'hideOthers', 'unhide', 'quit'],
    ]);
    expect(items('darwin', 'help')).not.toContain('support.open');
    for (const system of ['darwin', 'linux', 'win32'] as const) {
      expect(items(system, 'View')).toEqual([
        ...['app.search', 'app.back', 'app.forward', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen'],
      ]);
    }
    for (const system of ['linux', 'win32'] as const) {
      expect(items(system, 'help')).toEqual([
        'guide.open',
        'tour.open',
        'app.shortcuts',
        'updates.look',
        'support.open',
        'show-log',
      ]);
    }
  });
});
