/** `2026-09-17 12:00 UTC`: the same on every machine, and comparable by eye. */
export function utcMinute(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
