import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** {@link file://./source.ts} in a process of its own. */
export interface LogSource {
  /** Its one context is `bench`; any node and any service will do. */
  readonly talosconfig: string;
  /** From now on so many lines a second of each stream; after `lines` of them it is quiet. */
  setRate(linesPerSecond: number, lines?: number): void;
  /** Ends the process. */
  close(): void;
}

/** Starts a server whose every log has so many lines a second. The caller closes it. */
export async function startLogSource(linesPerSecond: number): Promise<LogSource> {
  const file = fileURLToPath(new URL('source.ts', import.meta.url));
  const child = spawn(process.execPath, [file, String(linesPerSecond)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { talosconfig } = JSON.parse(line) as { readonly talosconfig: string };
  return {
    talosconfig,
    setRate: (rate, lines) => void child.stdin.write(lines === undefined ? `${rate}\n` : `${rate} ${lines}\n`),
    close: () => void child.stdin.end(),
  };
}
