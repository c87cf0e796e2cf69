import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

/** One file as a transcript keeps it. */
export interface KeptFile {
  /** Octal, such as `600`. */
  readonly mode: string;
  /** UTF-8, by lines; `binary` and the number of bytes for what is no text. */
  readonly text: readonly string[];
}

/** What is looked at for some seconds after a write and then goes by itself. */
const GOES = /\.minos-[^/]*\.old$/;

/** Every file below a folder, by its path from there. Folders are files whose path ends with `/`. */
export function filesBelow(folder: string): Readonly<Record<string, KeptFile>> {
  const files: Record<string, KeptFile> = {};
  const visit = (path: string): void => {
    for (const name of readdirSync(path)) {
      if (GOES.test(name)) continue;
      const at = join(path, name);
      const stat = lstatSync(at);
      const mode = (stat.mode & 0o777).toString(8);
      const key = relative(folder, at);
      if (stat.isDirectory()) {
        files[`${key}/`] = { mode, text: [] };
        visit(at);
      } else if (stat.isSymbolicLink()) files[key] = { mode, text: [`-> ${readlinkSync(at)}`] };
      else files[key] = { mode, text: textOf(readFileSync(at)) };
    }
  };
  visit(folder);
  return files;
}

function textOf(bytes: Buffer): readonly string[] {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text.split('\n') : [`binary, ${bytes.length} bytes`];
}
