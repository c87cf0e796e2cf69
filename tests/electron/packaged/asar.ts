import { readFileSync } from 'node:fs';

interface Folder {
  readonly files: Readonly<Record<string, Folder | File>>;
}
interface File {
  readonly size: number;
  /** Bytes from the end of the header; a decimal text, since JSON's numbers end at 2^53. */
  readonly offset?: string;
  readonly unpacked?: boolean;
}

/** Every file of an asar archive by its path, with forward slashes. Throws for a file that lies outside the archive. */
export function readAsar(path: string): ReadonlyMap<string, Buffer> {
  const archive = readFileSync(path);
  // Two pickles: [4, size of the second] and [size, size of the text, text].
  const headerSize = archive.readUInt32LE(4);
  const textSize = archive.readUInt32LE(12);
  const root = JSON.parse(archive.toString('utf8', 16, 16 + textSize)) as Folder;
  const start = 8 + headerSize;
  const found = new Map<string, Buffer>();
  const walk = (folder: Folder, prefix: string): void => {
    for (const [name, entry] of Object.entries(folder.files)) {
      if ('files' in entry) walk(entry, `${prefix}${name}/`);
      else if (entry.offset === undefined) throw new Error(`${prefix}${name} is not inside ${path}`);
      else {
        const at = start + Number(entry.offset);
        found.set(prefix + name, archive.subarray(at, at + entry.size));
      }
    }
  };
  walk(root, '');
  return found;
}
