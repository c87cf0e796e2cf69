/** The first of `name-1`, `name-2` … that is free: what talosctl calls an entry whose name is taken. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  for (let n = 1; ; n++) if (!isTaken(`${name}-${n}`)) return `${name}-${n}`;
}
