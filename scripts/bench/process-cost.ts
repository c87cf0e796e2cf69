import { readdirSync, readFileSync } from 'node:fs';

/** What Linux knows about a process. */
export interface ProcessCost {
  readonly pid: number;
  readonly command: string;
  /** Resident memory: also counts what is shared with others. */
  readonly rssMb: number;
  /** Shared memory divided by those who share it: sums of it are true. */
  readonly pssMb: number;
  /** Time on a processor since its start, in user and system mode. */
  readonly cpuMs: number;
}

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

const kilobytes = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? NaN);

/** Undefined when the process has ended. */
export function costOf(pid: number): ProcessCost | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const memory = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return {
      pid,
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(),
      rssMb: (kilobytes(memory, 'Rss') * 1024) / 1e6,
      pssMb: (kilobytes(memory, 'Pss') * 1024) / 1e6,
      cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
    };
  } catch {
    return undefined; // Gone between the listing and the reading.
  }
}

/** The processes below `pid`, and itself first. */
export function familyOf(pid: number): readonly ProcessCost[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
    } catch {
      // Gone meanwhile.
    }
  }
  const below = (of: number): number[] => [of, ...(parents.get(of) ?? []).flatMap(below)];
  return below(pid).flatMap((each) => costOf(each) ?? []);
}
