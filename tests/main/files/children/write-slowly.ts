import { closeSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * Another program, such as talosctl on a slow disk: for each number on its input it truncates the file, writes half of a
 * version and then the rest. It says how far it is and goes on at a word, after a moment in which others look.
 */
const [path = ''] = process.argv.slice(2);
const input = createInterface(process.stdin)[Symbol.asyncIterator]();
const MOMENT_MS = 150;

async function tell(stage: string): Promise<void> {
  process.stdout.write(`${stage}\n`);
  await input.next();
  await new Promise((resolve) => setTimeout(resolve, MOMENT_MS));
}

for (let line = await input.next(); line.done !== true; line = await input.next()) {
  const handle = openSync(path, 'w');
  await tell(`${line.value} truncated`);
  const text = `version ${line.value}\n`;
  const half = text.length >> 1;
  writeSync(handle, text.slice(0, half), 0);
  await tell(`${line.value} half`);
  writeSync(handle, text.slice(half), half);
  closeSync(handle);
  await tell(`${line.value} whole`);
}
