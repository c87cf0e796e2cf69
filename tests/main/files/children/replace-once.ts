import { FileReplacer } from '../../../../main/files/replace.ts';
import { systemClock } from '../../../../main/lib/clock.ts';
import { Failed } from '../../../../main/lib/failed.ts';

/** Replaces a file once with `size` bytes and prints `done`, or the failure's code and message. */
const [path = '', expected = '', size = '3'] = process.argv.slice(2);
const replacer = new FileReplacer({ clock: systemClock });
try {
  await replacer.replace({ path, expected, content: Buffer.alloc(Number(size), 'x') });
  process.stdout.write('done');
} catch (error) {
  process.stdout.write(error instanceof Failed ? `${error.failure.code}: ${error.failure.message}` : String(error));
}
await replacer.close();
