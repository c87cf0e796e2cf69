import { spawn } from 'node:child_process';
import { accessSync } from 'node:fs';

const exists = (path: string): boolean => {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
};

const hasDisplay = (): boolean => Boolean(process.env['DISPLAY']);

/** The stand-in's own tests need what the stand-in needs; a machine with Electron may have none of it. */
export const canRunStandIn = (): boolean =>
  process.platform === 'linux' && exists('/usr/bin/chromium') && (hasDisplay() || exists('/usr/bin/Xvfb'));

export interface Display {
  readonly name: string;
  close(): void;
}

/** The display there is, or an Xvfb of our own on a number that is free. */
export async function openDisplay(): Promise<Display> {
  const own = process.env['DISPLAY'];
  if (own) return { name: own, close: () => undefined };
  const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((resolve, reject) => {
    server.stdio[3]?.once('data', (chunk: Buffer) => {
      resolve(chunk.toString().trim());
    });
    server.once('exit', (code) => {
      reject(new Error(`Xvfb ended with ${String(code)}.`));
    });
  });
  return { name: `:${number}`, close: () => server.kill() };
}
