import { readFile } from 'node:fs/promises';
import { sha256Hex } from '../../../../main/files/fingerprint.ts';
import { FileReplacer } from '../../../../main/files/replace.ts';
import { systemClock } from '../../../../main/lib/clock.ts';

/** Writes versions of a file one after the other until it is killed. Says `ready`, then the number of each finished write. */
const [path = '', first = '0'] = process.argv.slice(2);
setInterval(() => undefined, 1_000);
const replacer = new FileReplacer({ clock: systemClock, watchMs: 50, lookEveryMs: 10 });
await replacer.recover(path);
process.stdout.write('ready\n');
for (let n = Number(first); ; n++) {
  const before = await readFile(path);
  const content = Buffer.from(`version ${n}\n`.repeat(2_000));
  await replacer.replace({ path, expected: sha256Hex(before), content });
  process.stdout.write(`${n}\n`);
}
