/** Why a name is not understood, and what to use instead. */
interface Replacement {
  readonly message: string;
  readonly hint: string;
}

/** Names that talosctl only keeps to say what replaced them. Each is a command of its own no longer. */
const REPLACED: Readonly<Record<string, readonly string[]>> = {
  disks: ['get disks', 'get systemdisk', 'get discoveredvolumes'],
  interfaces: ['get addresses', 'get links'],
  routes: ['get routes'],
  route: ['get routes'],
  crashdump: ['support'],
};

/** What took the place of a command that talosctl no longer has; undefined for a name that never was one. */
export function replacementOf(name: string): Replacement | undefined {
  const use = Object.hasOwn(REPLACED, name) ? REPLACED[name] : undefined;
  if (use === undefined) return undefined;
  return {
    message: `talosctl no longer has "${name}".`,
    hint: `Use ${use.map((one) => `talosctl ${one}`).join(', ')}.`,
  };
}
