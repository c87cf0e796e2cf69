import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** Another program, such as talosctl: opens, truncates, writes a piece at a time, `count` times. Prints each version it finished, and the inode it wrote to. */
const [path = '', count = '1'] = process.argv.slice(2);
for (let n = 0; n < Number(count); n++) {
  const handle = openSync(path, 'r+');
  pause(Math.random() * 6);
  ftruncateSync(handle, 0);
  const content = `theirs ${n}\n`;
  let at = 0;
  for (const piece of [content.slice(0, 4), content.slice(4)]) {
    at += writeSync(handle, piece, at);
    pause(Math.random() * 2);
  }
  process.stdout.write(`${n} ${fstatSync(handle).ino}\n`);
  closeSync(handle);
  pause(Math.random() * 10);
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
