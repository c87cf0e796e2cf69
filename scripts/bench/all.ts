import { atRest } from './at-rest.ts';
import { commandOnNodes } from './command-on-nodes.ts';
import { MAIN_SIDE } from './main-side.ts';
import { mainBundle } from './main-bundle.ts';
import { liveTable } from './reads/live-table.ts';
import type { Measure } from './measure.ts';
import { packedSize } from './packed-size.ts';
import { POOL_MEASURES } from './pool.ts';
import { start } from './start.ts';
import { chartsWindow, graphWindow } from './glance.ts';
import { HEALTH_MEASURES } from './health.ts';
import { paletteOfLarge } from './reads/palette.ts';
import { manySockets } from './reads/sockets.ts';
import { largeTable } from './table.ts';
import { lensHeld, lensHidden, lensWindow } from './lens/window.ts';

/** Everything `npm run bench` measures, in the order of its table. */
export const MEASURES: readonly Measure[] = [
  mainBundle,
  packedSize,
  start,
  commandOnNodes('Version', 100),
  commandOnNodes('Version', 1000),
  commandOnNodes('Services', 1000),
  largeTable,
  manySockets,
  paletteOfLarge,
  ...MAIN_SIDE,
  ...POOL_MEASURES,
  ...HEALTH_MEASURES,
  chartsWindow,
  graphWindow,
  lensWindow,
  lensHeld,
  lensHidden,
  atRest,
  liveTable,
];
