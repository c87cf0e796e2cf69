import { notTar } from './tar-header.ts';

/** What a pax header says of the next entry. */
interface Pax {
  name?: string;
  link?: string;
  size?: number;
}

/** Reads the records of a pax header, `LENGTH KEY=VALUE\n` each. Unknown keys say nothing. Throws Failed for what is none. */
export function readPax(bytes: Buffer): Pax {
  const pax: Pax = {};
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const digits = space < 0 ? '' : bytes.toString('latin1', at, space);
    const length = /^[1-9][0-9]{0,5}$/.test(digits) ? Number(digits) : 0;
    const end = at + length;
    const equals = bytes.indexOf(0x3d, space);
    if (end <= space || end > bytes.length || bytes[end - 1] !== 0x0a || equals < 0 || equals >= end) {
      throw notTar('what it says of an entry cannot be read');
    }
    take(pax, bytes.toString('utf8', space + 1, equals), bytes.toString('utf8', equals + 1, end - 1));
    at = end;
  }
  return pax;
}

function take(pax: Pax, key: string, value: string): void {
  if (key === 'path') pax.name = value;
  if (key === 'linkpath') pax.link = value;
  if (key !== 'size') return;
  const size = /^[0-9]{1,16}$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(size)) throw notTar('a size is no number');
  pax.size = size;
}
