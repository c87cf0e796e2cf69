/**
 * `npm run shots`: the pictures of docs/images, 1280×800, light and dark, of the demo as it is. The demo's seed is its own;
 * the calendar stands still in page and main, nothing moves, but for scenes that live. `-- NAME` takes only the scenes named.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { ensureBuilt } from './build-if-stale.ts';
import { displayCommand, hasDisplay } from './display.ts';
import { ensureRuntime, sandboxArguments, type Runtime } from './runtime.ts';
import { say } from './say.ts';
import type { Scene } from './shots/scene.ts';
import { SCENES } from './shots/scenes.ts';
import { shownCluster } from './shots/shown-cluster.ts';
import { homeEnvironment, temporaryHome, userDataOf } from './temporary-home.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const IMAGES = join(ROOT, 'docs/images');
const SIZE = { width: 1280, height: 800 };
const THEMES = ['light', 'dark'] as const;

interface Moment {
  readonly atMs: number;
  readonly timeZone: string;
}

/**
 * The last time it was two minutes past an hour, in the time zone in which that was 14:02. The demo's certificates are made
 * at that moment and TLS compares them with the real time, so it cannot be the same one for ever; only dates differ.
 */
function frozenMoment(nowMs = Date.now()): Moment {
  const hour = new Date(nowMs - 131_000);
  hour.setUTCMinutes(2, 11, 0);
  const east = 14 - hour.getUTCHours();
  // The sign of these names is the other way round.
  return { atMs: hour.getTime(), timeZone: `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}` };
}

function launch(
  runtime: Runtime,
  home: string,
  { atMs, timeZone }: Moment,
  isLive: boolean,
  shown: readonly string[],
): Promise<ElectronApplication> {
  const freeze = isLive ? [] : ['-r', join(ROOT, 'scripts/shots/freeze-clock.cjs')];
  return _electron.launch({
    executablePath: runtime.executablePath,
    args: [...sandboxArguments(), `--user-data-dir=${userDataOf(home)}`, ...freeze, ROOT, ...shown],
    env: {
      ...(homeEnvironment(home) as Record<string, string>),
      MINOS_SHOTS_AT: String(atMs),
      TZ: timeZone,
      LANG: 'C.UTF-8',
    },
  });
}

/** A scene in a demo of its own, so that none shows what another did. */
async function take(scene: Scene, theme: (typeof THEMES)[number], runtime: Runtime): Promise<void> {
  const home = temporaryHome();
  const moment = frozenMoment();
  const isLive = scene.isLive === true;
  const cluster = await shownCluster(scene, home.path);
  const app = await launch(runtime, home.path, moment, isLive, cluster.args);
  try {
    const page = await firstPage(app);
    await page.setViewportSize(SIZE);
    await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, theme);
    if (!isLive) await page.clock.setFixedTime(moment.atMs);
    await page.reload();
    await page
      .getByText('3 ready')
      .or(page.getByRole('main', { name: 'Overview' }))
      .first()
      .waitFor();
    await scene.prepare(page, app);
    await settle(page);
    const path = join(IMAGES, `${scene.name}-${theme}.png`);
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    say(path.slice(ROOT.length));
  } finally {
    await app.close();
    await cluster.close();
    home.remove();
  }
}

async function firstPage(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  await page.waitForURL((url) => url.protocol !== 'about:');
  await page.waitForLoadState('load');
  return page;
}

/** Fonts are there, round trips are measured, the pointer is nowhere. */
async function settle(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await page.waitForTimeout(1500);
}

async function shots(names: readonly string[]): Promise<void> {
  const runtime = await ensureRuntime();
  await ensureBuilt();
  mkdirSync(IMAGES, { recursive: true });
  const scenes = SCENES.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const scene of scenes) for (const theme of THEMES) await take(scene, theme, runtime);
}

/** Without a display, all of it runs below one invisible one. */
if (!hasDisplay(process.env)) {
  const { command, args } = displayCommand(process.execPath, process.argv.slice(1));
  process.exitCode = spawnSync(command, args, { stdio: 'inherit' }).status ?? 1;
} else {
  await shots(process.argv.slice(2)).catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  });
}
