import type { Workspace } from '../workspace.ts';

/** A window was closed: what was its own is forgotten. What main does for all of them goes on. */
export function leaveWindow({ talosconfig, seen, healths, runs }: Workspace, windowId: number): void {
  talosconfig.windows.forget(windowId);
  seen.forget(windowId);
  healths.leave(windowId);
  runs.leave(windowId);
}
