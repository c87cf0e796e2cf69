import { performance } from 'node:perf_hooks';
import { compareConfigs } from '../../main/machine-config/drift/compare-configs.ts';
import { judgeEdit } from '../../main/machine-config/edit/judge-edit.ts';
import { loadPatch } from '../../main/machine-config/patch/load-patch.ts';
import { applyPatches } from '../../main/machine-config/patch/apply-patches.ts';
import { readConfig } from '../../main/machine-config/read-config.ts';
import { readingOnce } from '../../main/yaml/parse-blocks.ts';
import { median } from './statistics.ts';

/** A worker's config of about so many lines, with comments, maps and lists of mappings. */
function configOf(lines: number, node: number): string {
  const text = ['version: v1alpha1', 'machine:', '    type: worker', `    token: token-of-${node}`, '    sysctls:'];
  for (let i = 0; i < lines * 0.7; i++) text.push(`        net.core.value${i}: "${i}" # number ${i}`);
  text.push('    network:', '        interfaces:');
  for (let i = 0; i < lines * 0.07; i++)
    text.push(
      `            - interface: eth${i}`,
      '              mtu: 1500',
      '              addresses:',
      `                  - 10.0.${i % 250}.1/24`,
    );
  return `${text.join('\n')}\n`;
}

const PATCH =
  'machine:\n  network:\n    interfaces:\n      - interface: eth5\n        mtu: 9000\n  sysctls:\n    vm.max_map_count: "1"\n';

/** Ms. */
interface MachineConfigTimes {
  /** To read and mask one of 3,000 lines. */
  readonly readMs: number;
  /** To say what is wrong with it after a key, once the thread has done that before: the median. */
  readonly judgeMs: number;
  /** To patch the first of 100 with 1,000 lines, and all. */
  readonly firstMs: number;
  readonly allMs: number;
  /** To compare those of 200 machines, 1,000 lines each and none the same. */
  readonly driftMs: number;
}

/** Keys that are typed; the first ones warm the thread. */
const KEYS = 12;
const WARM = 3;

/** What one thread does with machine configs. */
export function measureMachineConfigs(): MachineConfigTimes {
  const large = configOf(3_000, 0);
  const readAt = performance.now();
  const { text } = readConfig(large);
  const readMs = performance.now() - readAt;
  const keys = Array.from({ length: KEYS }, (_, key) => {
    const edited = text.replace('value7:', `value7${'x'.repeat(key)}:`);
    const typedAt = performance.now();
    readingOnce(() => judgeEdit(large, edited, 'metal'));
    return performance.now() - typedAt;
  });
  const judgeMs = median(keys.slice(WARM));
  const configs = Array.from({ length: 100 }, (_, node) => configOf(1_000, node));
  const startedAt = performance.now();
  const patches = [loadPatch(PATCH)];
  let firstMs = 0;
  for (const config of configs) {
    applyPatches(config, patches);
    firstMs ||= performance.now() - startedAt;
  }
  const allMs = performance.now() - startedAt;
  const fleet = Array.from({ length: 200 }, (_, node) =>
    configOf(1_000, node).replace('mtu: 1500', `mtu: ${1500 + (node % 3)}`),
  );
  const comparedAt = performance.now();
  compareConfigs(
    fleet,
    fleet.map(() => 1),
    undefined,
  );
  return { readMs, judgeMs, firstMs, allMs, driftMs: performance.now() - comparedAt };
}
