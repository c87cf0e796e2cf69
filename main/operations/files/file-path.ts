import { posix } from 'node:path';
import { Failed } from '../../lib/failed.ts';

/** A path of a node from `/` on, without `.`, `..` and slashes too many: what is shown is what is asked. Throws Failed `invalid`. */
export function cleanPath(path: string): string {
  if (path.includes('\0')) {
    throw new Failed({ code: 'invalid', message: 'A path has no zero bytes.', where: { field: 'path' } });
  }
  const whole = posix.normalize(posix.join('/', path));
  return whole.length > 1 ? whole.replace(/\/+$/, '') : whole;
}
