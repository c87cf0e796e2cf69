import type { CommandParam, ParamKind } from '../../../preload/contract/index.ts';

const HINTS: Readonly<Partial<Record<ParamKind, string>>> = {
  size: 'Bytes, or such as 512 KiB or 10 MiB.',
  duration: 'Such as 30s, 5m or 1h30m.',
  path: 'A path on the node, such as /var/log.',
  list: 'Several with commas between.',
};

/** What stands below the field of a parameter; undefined when its title says everything. */
export function paramHint({ kind, unit, required }: CommandParam): string | undefined {
  const parts = [unit === undefined ? HINTS[kind] : `In ${unit}.`, required ? undefined : 'May stay empty.'];
  return parts.filter((part) => part !== undefined).join(' ') || undefined;
}
