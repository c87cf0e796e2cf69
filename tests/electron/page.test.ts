import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropFiles } from '../e2e/support/drop-files.ts';
import { Place, type RunningFixture, startFixture } from './start-fixture.ts';
import { canRunStandIn } from './virtual-display.ts';

describe.skipIf(!canRunStandIn())('a page of the stand-in', () => {
  let place: Place;
  let running: RunningFixture;
  const inPage = (expression: string): Promise<unknown> => running.page.evaluate(expression);
  const inMain = (expression: string): Promise<unknown> =>
    running.app.evaluate(({ BrowserWindow, nativeTheme }, text) => {
      const [window] = BrowserWindow.getAllWindows();
      Object.assign(globalThis, { window, nativeTheme });
      return (0, eval)(text) as unknown;
    }, expression);

  beforeAll(async () => {
    place = await Place.open();
    running = await startFixture(place);
  });
  afterAll(async () => {
    await running.close();
    place.close();
  });

  it('is answered by the handler of its scheme, under its own address in main', async () => {
    expect(running.page.url()).toBe('https://minos.app.invalid/index.html?a=1#b');
    expect(await inMain('window.webContents.getURL()')).toBe('app://minos/index.html?a=1#b');
    expect(await inMain('window.webContents.mainFrame.frames.map(({ url }) => url)')).toEqual([
      'app://minos/frame.html',
    ]);
  });

  it('obeys the policy of the handler: no inline script, no text as markup', async () => {
    expect(await inPage('typeof window.inlineRan')).toBe('undefined');
    await expect(inPage("document.body.innerHTML = '<p>'")).rejects.toThrow(/TrustedHTML/);
  });

  it('loads nothing that the session cancels', async () => {
    const image = `new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve('loaded');
      image.onerror = () => resolve('refused');
      image.src = 'https://example.com/a.png';
    })`;
    expect(await inPage(image)).toBe('refused');
  });

  it('stays where it is when main prevents a navigation', async () => {
    await inPage("document.getElementById('away').click()");
    await expect.poll(() => inMain('seen.navigations')).toEqual(['https://example.com/away']);
    expect(await inPage('location.pathname')).toBe('/index.html');
  });

  it('opens no window that main denies, and tells main of each', async () => {
    expect(await inPage("window.open('https://example.com/script')")).toBeNull();
    await inPage("document.getElementById('blank').click()");
    await expect
      .poll(() => inMain('seen.windows'))
      .toEqual(['https://example.com/script', 'https://example.com/blank']);
    await expect.poll(() => running.app.windows().length).toBe(1);
  });

  it('has no permission that the session denies', async () => {
    const states = `Promise.all(['geolocation', 'camera', 'microphone', 'notifications', 'clipboard-read'].map(
      async (name) => (await navigator.permissions.query({ name })).state))`;
    expect(await inPage(states)).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
    expect(await running.app.evaluate(() => Object.fromEntries(globalThis.standIn.permissions))).toMatchObject({
      geolocation: 'denied',
      media: 'denied',
    });
  });

  it('tells the preload the paths of dropped files and folders', async () => {
    const file = join(place.folder, 'ä name.txt');
    writeFileSync(file, 'x');
    await dropFiles(running.page, '#drop', [file, place.folder]);
    await expect.poll(() => inPage('dropped.length > 0')).toBe(true);
    expect(await inPage('dropped')).toEqual([file, place.folder]);
  });

  it('tells the preload the path of a chosen file, and no path for a made one', async () => {
    const file = join(place.folder, 'chosen.txt');
    writeFileSync(file, 'x');
    await running.page.setInputFiles('#files', file);
    expect(await inPage("bridge.paths([...document.getElementById('files').files, new File(['x'], 'made')])")).toEqual([
      file,
      '',
    ]);
  });

  it('does not open a file that is dropped where nobody takes it', async () => {
    const file = join(place.folder, 'stray.html');
    writeFileSync(file, '<title>stray</title>');
    await dropFiles(running.page, '#title', [file]);
    await inPage("bridge.invoke('add', 1, 1)");
    expect(running.page.url()).toContain('https://minos.app.invalid/');
    expect(running.app.windows()).toHaveLength(1);
  });

  it('follows the theme that main chooses', async () => {
    const dark = "matchMedia('(prefers-color-scheme: dark)').matches";
    expect(await inPage(dark)).toBe(false);
    await inMain("(nativeTheme.themeSource = 'dark')");
    await expect.poll(() => inPage(dark)).toBe(true);
    await inMain("(nativeTheme.themeSource = 'light')");
    await expect.poll(() => inPage(dark)).toBe(false);
  });

  it('has the size of its window', async () => {
    expect(await inPage('[innerWidth, innerHeight]')).toEqual([900, 620]);
    await inMain('window.setSize(1000, 700)');
    await expect.poll(() => inPage('innerWidth === 1000 && innerHeight === 700')).toBe(true);
    await inMain('window.webContents.setZoomFactor(2)');
    await expect.poll(() => inPage('innerWidth === 500')).toBe(true);
    await inMain('window.webContents.setZoomFactor(1)');
    await expect.poll(() => inPage('innerWidth === 1000')).toBe(true);
  });

  it('gives its window its title', async () => {
    await inPage("document.title = 'Another'");
    await expect.poll(() => inMain('window.getTitle()')).toBe('Another');
  });

  it('can be pictured and scripted from main', async () => {
    expect(await inMain('window.webContents.capturePage().then((image) => image.isEmpty())')).toBe(false);
    expect(await inMain("window.webContents.executeJavaScript('Promise.resolve([1, 2])')")).toEqual([1, 2]);
  });

  it('says that it crashed, and can be loaded again', async () => {
    await inPage("void bridge.open('crashing', () => {}, () => {})");
    const gone = inMain(`new Promise((resolve) => {
      window.webContents.once('render-process-gone', (_event, details) => resolve(details.reason));
      window.webContents.forcefullyCrashRenderer();
    })`);
    expect(await gone).toBe('crashed');
    await expect.poll(() => inMain("seen.ports.find(({ name }) => name === 'crashing').closed")).toBe(true);

    await inMain("window.loadURL('app://minos/index.html')");

    expect(await inMain('window.webContents.executeJavaScript(\'bridge.invoke("add", 1, 2)\')')).toBe(3);
  });
});
