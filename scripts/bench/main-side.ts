import { inChild } from './in-child.ts';
import type { Measure } from './measure.ts';

const RUN = `(async () => {
  const bench = await module.openRunBench(1000);
  await bench.measure('version');
  const { wallMs, firstRowMs, maxLoopDelayMs } = await bench.measure('version');
  await bench.measure('services');
  const services = await bench.measure('services');
  await bench.close();
  return [wallMs, firstRowMs, maxLoopDelayMs, services.wallMs, services.firstRowMs];
})()`;

const READS = `(async () => {
  const bench = await module.openRunBench(1);
  await bench.crowd(20_000);
  const sockets = await bench.measure('netstat');
  await bench.crowd(50_000);
  const folder = { path: '/var/log/crowd', long: true };
  await bench.measure('list', folder);
  const list = await bench.measure('list', folder);
  await bench.close();
  return [sockets.firstRowMs, sockets.wallMs, list.firstRowMs, list.wallMs];
})()`;

const bytesSaved = (call: string): string => `(async () => {
  const { megabytesPerSecond, aboveRestMb } = await module.${call};
  return [megabytesPerSecond, aboveRestMb];
})()`;

const BESIDE_POOL = 'module.mainBesidePool(1000)';

const MERGE = `(async () => {
  const { parseMs, addMs, timesParse } = await module.measureKubeconfigMerge(500);
  return [parseMs, addMs, timesParse];
})()`;

const TALOSCONFIG = `(async () => {
  const { parseMs, openTimes, previewTimes, editTimes, smallEditMs } = await module.measureTalosconfig(1000);
  return [parseMs, openTimes, previewTimes, editTimes, smallEditMs];
})()`;

const CONFIGS = `(() => {
  const { readMs, judgeMs, firstMs, allMs, driftMs } = module.measureMachineConfigs();
  return [readMs, judgeMs, firstMs, allMs, driftMs];
})()`;

const LENS_LINES = `(() => {
  const { taken, heldMb, plainMs, regexMs } = module.measureLensLines(1_000_000);
  return [taken, heldMb, plainMs, regexMs];
})()`;

const LENS_MAIN = `(async () => {
  const { lines, dropped, processor, rssMb } = await module.measureLensMain(60, 100_000);
  return [lines, dropped, processor, rssMb];
})()`;

const DEED_PLANS = `(async () => {
  const { refusedMs, plannedMs } = await module.measureDeedPlans(200);
  return [refusedMs, plannedMs];
})()`;

const DEED_TRACKING = `(async () => {
  const { processor, marksPerSecond } = await module.measureDeedTracking(200, 1_000);
  return [processor, marksPerSecond];
})()`;

/** What main, and the worker of a lens, do without a window: scripts/bench/runs.ts and others, as part of the table. */
export const MAIN_SIDE: readonly Measure[] = [
  inChild(
    'run-main',
    'scripts/bench/runs.ts',
    RUN,
    [
      { name: 'main alone: Version on 1,000 nodes', unit: 'ms' },
      { name: 'main alone: first row of 1,000 nodes', unit: 'ms' },
      { name: 'main alone: longest time without another event', unit: 'ms' },
      { name: 'main alone: services on 1,000 nodes', unit: 'ms' },
      { name: 'main alone: first row of services on 1,000 nodes', unit: 'ms' },
    ],
    5,
  ),
  inChild(
    'reads',
    'scripts/bench/runs.ts',
    READS,
    [
      { name: 'main alone: 20,000 sockets, first rows', unit: 'ms', atMost: 250 },
      { name: 'main alone: 20,000 sockets, all', unit: 'ms' },
      { name: 'main alone: folder of 50,000 entries, first rows', unit: 'ms', atMost: 100 },
      { name: 'main alone: folder of 50,000 entries, all', unit: 'ms', atMost: 4_000 },
    ],
    3,
  ),
  inChild(
    'machine-configs',
    'scripts/bench/machine-configs.ts',
    CONFIGS,
    [
      { name: 'machine config of 3,000 lines: read and masked', unit: 'ms', atMost: 150 },
      { name: 'machine config of 3,000 lines: key to problems', unit: 'ms', atMost: 50 },
      { name: 'patch of 100 configs of 1,000 lines: first', unit: 'ms', atMost: 200 },
      { name: 'patch of 100 configs of 1,000 lines: all', unit: 'ms', atMost: 4_000 },
      { name: 'drift matrix of 200 nodes', unit: 'ms', atMost: 2_000 },
    ],
    3,
  ),
  inChild(
    'copy',
    'scripts/bench/reads/copy.ts',
    bytesSaved('measureCopy(200, 50)'),
    [
      { name: 'main alone: copy of 200 MB at 50 ms round trip', unit: 'MB/s', atLeast: 60 },
      { name: 'main alone: memory above rest meanwhile', unit: 'MB', atMost: 64 },
    ],
    3,
  ),
  inChild(
    'snapshot',
    'scripts/bench/reads/copy.ts',
    bytesSaved('measureSnapshot(1, 20)'),
    [
      { name: 'main alone: snapshot of 1 GiB at 20 ms round trip, SHA-256 compared', unit: 'MB/s', atLeast: 80 },
      { name: 'main alone: memory above rest while a snapshot comes', unit: 'MB', atMost: 64 },
    ],
    1,
  ),
  inChild(
    'main-beside-pool',
    'scripts/bench/runs.ts',
    BESIDE_POOL,
    [
      { name: 'main alone beside the pool alone: Version on 1,000 nodes', unit: '×', atMost: 1.3 },
      { name: 'main alone beside the pool alone: processor time', unit: '×' },
      { name: 'main alone: Version on 1,000 nodes, processor time', unit: 'ms' },
      { name: 'the pool alone beside it, processor time', unit: 'ms' },
    ],
    1,
  ),
  inChild(
    'talosconfig',
    'scripts/bench/talosconfig.ts',
    TALOSCONFIG,
    [
      { name: 'talosconfig of 1,000 contexts: bare parse', unit: 'ms' },
      { name: 'talosconfig of 1,000 contexts: open and list beside a bare parse', unit: '×', atMost: 3 },
      { name: 'talosconfig of 1,000 contexts: preview of 200 beside a bare parse', unit: '×', atMost: 3 },
      { name: 'talosconfig of 1,000 contexts: one proven edit beside a bare parse', unit: '×', atMost: 4 },
      { name: 'talosconfig of 10 contexts: one proven edit', unit: 'ms', atMost: 10 },
    ],
    3,
  ),
  inChild(
    'kubeconfig',
    'scripts/bench/kubeconfig.ts',
    MERGE,
    [
      { name: 'kubeconfig of 500 contexts: bare parse', unit: 'ms' },
      { name: 'kubeconfig of 500 contexts: merge with preview', unit: 'ms' },
      { name: 'kubeconfig of 500 contexts: merge beside a bare parse', unit: '×', atMost: 4 },
    ],
    3,
  ),
  inChild(
    'lens-lines',
    'scripts/bench/lens/lines.ts',
    LENS_LINES,
    [
      { name: 'lens: lines taken in', unit: '/s', atLeast: 100_000 },
      { name: 'lens: 1,000,000 lines of 100 bytes held', unit: 'MB', atMost: 300 },
      { name: 'lens: text found in 1,000,000 lines', unit: 'ms', atMost: 300 },
      { name: 'lens: pattern found in 1,000,000 lines', unit: 'ms', atMost: 300 },
    ],
    3,
  ),
  inChild(
    'lens-main',
    'scripts/bench/lens/main.ts',
    LENS_MAIN,
    [
      { name: 'lens, main alone: lines of 10 nodes for 60 s', unit: '/s', atLeast: 99_000 },
      { name: 'lens, main alone: lines dropped', unit: '/s', atMost: 0 },
      { name: 'lens, main alone: processor time', unit: '%' },
      { name: 'lens, main alone: memory', unit: 'MB' },
    ],
    1,
  ),
  inChild(
    'deed-plans',
    'scripts/bench/deeds/deeds.ts',
    DEED_PLANS,
    [
      { name: 'plan of a deed on 200 machines: refused', unit: 'ms', atMost: 300 },
      { name: 'plan of a deed on 200 machines: complete', unit: 'ms', atMost: 3_000 },
    ],
    3,
  ),
  inChild(
    'deed-tracking',
    'scripts/bench/deeds/deeds.ts',
    DEED_TRACKING,
    [
      { name: 'deed: 200 machines watched at 1,000 events a second, processor time', unit: '%', atMost: 15 },
      { name: 'deed: marks of their time lines', unit: '/s' },
    ],
    1,
  ),
];
