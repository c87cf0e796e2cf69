/**
 * One of two Minos that work on the same file: reads, replaces, tidies up, again and again. Prints each failure that is
 * no conflict, and how often it wrote.
 */
import { sha256Hex } from '../../../main/files/fingerprint.ts';
import { FileReplacer } from '../../../main/files/replace.ts';
import { readTalosconfig } from '../../../main/talosconfig/read.ts';
import { systemClock as clock } from '../../../main/lib/clock.ts';
import { Failed } from '../../../main/lib/failed.ts';

const [path = '', name = '', count = '0'] = process.argv.slice(2);
const failures: string[] = [];
let written = 0;

async function attempt(what: string, task: () => Promise<unknown>): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (error instanceof Failed && error.failure.code === 'conflict') return;
    failures.push(`${what}: ${error instanceof Failed ? error.failure.code : ''} ${String(error)}`);
  }
}

// Clocks keep no process alive.
const alive = setInterval(() => undefined, 1_000);
for (let n = 0; n < Number(count); n++) {
  const replacer = new FileReplacer({ clock, watchMs: 3, lookEveryMs: 1 });
  await attempt('read', async () => {
    const { fingerprint } = await readTalosconfig(path);
    const content = Buffer.from(`context: ${name}${n}\ncontexts: {}\n`);
    const { sha256 } = await replacer.replace({ path, expected: fingerprint.sha256, content });
    if (sha256 === sha256Hex(content)) written += 1;
  });
  await attempt('recover', () => replacer.recover(path));
  await attempt('close', () => replacer.close());
}
clearInterval(alive);
process.stdout.write(JSON.stringify({ written, failures: failures.slice(0, 20) }));
