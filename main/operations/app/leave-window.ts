import type { Workspace } from '../workspace.ts';

/** A window was closed: what was its own is forgotten. What main does for all of them goes on. */
export function leaveWindow({ talosconfig, seen, ...parts }: Workspace, windowId: number): void {
  talosconfig.windows.forget(windowId);
  seen.forget(windowId);
  for (const part of [parts.healths, parts.runs, parts.blackBoxes]) part.leave(windowId);
}
