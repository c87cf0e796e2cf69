import { gzipSync } from 'node:zlib';
import { BLOCK_BYTES, tarHeader } from './unfinished-tar.ts';

/** Entries that try to be made elsewhere than where they are extracted, and one that does not. */
const TRAVERSAL: readonly (readonly [name: string, type: string, link: string])[] = [
  ['good.txt', '0', ''],
  ['/etc/cron.d/minos', '0', ''],
  ['../../.bashrc', '0', ''],
  ['out', '2', '/etc'],
  ['out/passwd', '0', ''],
  ['up', '2', '../..'],
  ['null', '3', ''],
  ['pipe', '6', ''],
  ['good.txt', '0', ''],
];

/** A .tar.gz as no honest node sends it. */
export function strangeTarGz(kind: 'traversal' | 'cut'): Buffer {
  const content = Buffer.from('content\n');
  const blocks = TRAVERSAL.flatMap(([name, type, link]) => {
    const size = type === '0' ? content.length : 0;
    const padded = Buffer.alloc(size === 0 ? 0 : BLOCK_BYTES);
    content.copy(padded, 0, 0, Math.min(size, padded.length));
    return [tarHeader({ name, size, mode: 0o644, modifiedAtMs: 0, type, link }), padded];
  });
  const whole = gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK_BYTES)]));
  return kind === 'cut' ? whole.subarray(0, whole.length / 2) : whole;
}
