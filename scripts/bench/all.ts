import { atRest } from './at-rest.ts';
import { MAIN_SIDE } from './main-side.ts';
import { mainBundle } from './main-bundle.ts';
import type { Measure } from './measure.ts';
import { packedSize } from './packed-size.ts';
import { POOL_MEASURES } from './pool.ts';
import { start } from './start.ts';
import { largeTable } from './table.ts';
import { versionOnNodes } from './version-on-nodes.ts';

/** Everything `npm run bench` measures, in the order of its table. */
export const MEASURES: readonly Measure[] = [
  mainBundle,
  packedSize,
  start,
  versionOnNodes(100),
  versionOnNodes(1000),
  largeTable,
  ...MAIN_SIDE,
  ...POOL_MEASURES,
  atRest,
];
