import { gzipSync } from 'node:zlib';
import { isDirectory, isSymlink, type NodeFile } from '../../node/node-files.ts';
import { BLOCK_BYTES, tarHeader } from '../../faults/unfinished-tar.ts';
import type { WalkedFile } from './walk.ts';

const PERMISSIONS = 0o777;

/** Letters of tar for what a file is. */
function tarType(file: NodeFile): string {
  if (isDirectory(file)) return '5';
  if (isSymlink(file)) return '2';
  return file.content === null ? '3' : '0';
}

/** A .tar.gz of files under their relative names, complete with its two empty blocks. */
export function tarGz(files: readonly WalkedFile[], modifiedAtMs: number): Buffer {
  const blocks = files.flatMap(({ file, relative }) => {
    const content = file.content ?? Buffer.alloc(0);
    const header = tarHeader({
      name: isDirectory(file) ? `${relative}/` : relative,
      size: content.length,
      mode: file.mode % (PERMISSIONS + 1),
      modifiedAtMs,
      type: tarType(file),
      link: file.link,
    });
    return [header, content, Buffer.alloc((BLOCK_BYTES - (content.length % BLOCK_BYTES)) % BLOCK_BYTES)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK_BYTES)]));
}
