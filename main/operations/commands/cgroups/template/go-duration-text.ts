/** Microseconds as Go writes a duration: `1m3s`, `1.5s`, `12.25ms`, `0s`. */
export function goDurationText(microseconds: number): string {
  if (microseconds === 0) return '0s';
  if (microseconds < 1_000) return `${microseconds}µs`;
  if (microseconds < 1_000_000) return `${trimmed(microseconds / 1_000)}ms`;
  const seconds = microseconds / 1_000_000;
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const rest = `${trimmed(seconds - hours * 3_600 - minutes * 60)}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}

const trimmed = (value: number): string => String(Number(value.toFixed(6)));
