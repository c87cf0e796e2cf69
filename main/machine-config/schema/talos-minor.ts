/** `13` for `v1.13.2`, Infinity for a Talos 2; undefined for what is no version, or not known. */
export function talosMinor(version: string): number | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)\./.exec(version) ?? [];
  if (major === undefined) return undefined;
  return Number(major) > 1 ? Number.POSITIVE_INFINITY : Number(minor);
}
