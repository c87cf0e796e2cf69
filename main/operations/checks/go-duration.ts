const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** A duration as Go writes it (`1h30m`, `1.5s`) in milliseconds; NaN for anything else. */
export function goDurationMs(text: string): number {
  const typed = text.trim().replace(/^\+/, '');
  if (typed === '0') return 0;
  const parts = [...typed.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== typed) return Number.NaN;
  return parts.reduce((sum, [, number = '', unit = '']) => sum + Number(number) * (UNIT_MS[unit] ?? Number.NaN), 0);
}
