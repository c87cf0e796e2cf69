import { TAR_BLOCK, TarBytes } from './tar-bytes.ts';
import { kindOfLetter, notTar, readTarHeader, type TarHeader, type TarKind } from './tar-header.ts';
import { readPax } from './pax.ts';

/** One entry of an archive; its content is to be read before the next one is asked for, else it is passed over. */
export interface ArchiveEntry {
  readonly name: string;
  readonly kind: TarKind;
  readonly size: number;
  /** Permissions, at most 0o777. */
  readonly mode: number;
  /** Where a link leads. */
  readonly link: string;
  /** Throws Failed when the archive ends before it. */
  content(): AsyncIterable<Uint8Array>;
}

/** Most bytes of what describes an entry. */
const MAX_ABOUT_BYTES = 64 * 1024;

/** What stands before an entry and says more of it than its header can. */
interface About {
  name?: string;
  link?: string;
  size?: number;
}

/**
 * Reads a tar archive (POSIX with pax headers, GNU with long names) as it comes, in memory of a fixed size. Talos leaves out
 * what should stand at the end, so an archive may end after any entry. Throws Failed for what is no archive and for one that
 * ends in the middle of an entry; what an entry says is not judged here.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<ArchiveEntry, void, undefined> {
  const bytes = new TarBytes(source);
  let about: About = {};
  try {
    for (;;) {
      const block = await bytes.exactly(TAR_BLOCK);
      const header = block && readTarHeader(block);
      if (header === undefined) break;
      const more = await describes(header, bytes);
      if (more !== undefined) {
        about = { ...about, ...more };
        continue;
      }
      const size = about.size ?? header.size;
      let unread = size;
      yield {
        name: about.name ?? header.name,
        kind: kindOfLetter(header.letter),
        size,
        mode: header.mode,
        link: about.link ?? header.link,
        content: async function* () {
          for await (const piece of bytes.pieces(unread)) {
            unread -= piece.length;
            yield piece;
          }
        },
      };
      about = {};
      if (unread > 0) for await (const piece of bytes.pieces(unread)) unread -= piece.length;
      await bytes.skip(padding(size));
    }
    await bytes.drain();
  } finally {
    await bytes.end();
  }
}

const padding = (size: number): number => (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;

/** What a header that is no entry of its own says of the next one; undefined for an entry. */
async function describes({ letter, size }: TarHeader, bytes: TarBytes): Promise<About | undefined> {
  if (!'xgLK'.includes(letter)) return undefined;
  if (size > MAX_ABOUT_BYTES) throw notTar('a name is too long');
  const content = (await bytes.exactly(size)) ?? Buffer.alloc(0);
  if (content.length < size) throw notTar('it ends too early');
  await bytes.skip(padding(size));
  const text = content.toString('utf8').replace(/\0+$/, '');
  if (letter === 'L') return { name: text };
  if (letter === 'K') return { link: text };
  return letter === 'x' ? readPax(content) : {};
}
