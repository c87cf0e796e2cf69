import { posix } from 'node:path';
import type { AnswerContext } from '../../endpoint/answer.ts';
import { isDirectory, isSymlink, nodeFiles, type NodeFile } from '../../node/node-files.ts';

/** Why a path leads nowhere, in the words of Go; `text` begins with the call that failed. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly isMissing: boolean;

  constructor(call: string, path: string, why: 'no such file or directory' | 'not a directory') {
    super(`${call} ${path}: ${why}`);
    this.isMissing = why === 'no such file or directory';
  }
}

/** One entry of a walk. */
export interface WalkedFile {
  readonly file: NodeFile;
  /** Below the root; `.` is the root itself, and a root that is no folder has its own name. */
  readonly relative: string;
  /** Slashes more than the root has. */
  readonly depth: number;
}

const slashes = (path: string): number => path.split('/').length - 1;

/** Finds what a path means for `call`, from machined's folder, which is `/`. Throws FileError. */
export function findFile(call: 'stat' | 'lstat', path: string, { node, cluster, nowMs }: AnswerContext): NodeFile {
  const files = new Map(nodeFiles(node, cluster, nowMs()).map((file) => [file.path, file]));
  if (path === '') throw new FileError(call, path, 'no such file or directory');
  const wanted = posix.resolve('/', path);
  const found = files.get(wanted) ?? files.get(throughLinks(wanted, files));
  if (found === undefined) {
    const above = files.get(posix.dirname(wanted));
    const isBelowFile = above !== undefined && above.content !== null;
    throw new FileError(call, path, isBelowFile ? 'not a directory' : 'no such file or directory');
  }
  if (path.endsWith('/') && found.content !== null) throw new FileError(call, path, 'not a directory');
  if (call === 'lstat' || !isSymlink(found)) return found;
  return files.get(posix.resolve(posix.dirname(found.path), found.link)) ?? found;
}

/** A path whose first folder is a link, with the link followed. */
function throughLinks(path: string, files: ReadonlyMap<string, NodeFile>): string {
  const [, first = '', ...rest] = path.split('/');
  const link = files.get(`/${first}`)?.link ?? '';
  return link === '' ? path : posix.join('/', link, ...rest);
}

/** The path as List and DiskUsage take it: from `/` on, without a slash at its end. */
export function rootPath(path: string): string {
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return rooted === '/' ? rooted : rooted.replace(/\/$/, '');
}

/**
 * A root and what is below it, folders before their content, sorted. `deepest` is how many slashes more than the root the
 * last folder has whose content is shown; of the root itself the content always is. A root that is a link is followed.
 * Throws FileError.
 */
export function* walk(path: string, deepest: number, context: AnswerContext): Generator<WalkedFile> {
  const linked = findFile('lstat', path, context);
  const root = isSymlink(linked) ? findFile('stat', path, context) : linked;
  if (!isDirectory(root)) {
    yield { file: root, relative: posix.basename(root.path), depth: 0 };
    return;
  }
  const prefix = root.path === '/' ? '/' : `${root.path}/`;
  for (const file of nodeFiles(context.node, context.cluster, context.nowMs())) {
    if (file.path === root.path) yield { file, relative: '.', depth: 0 };
    if (!file.path.startsWith(prefix) || file.path === root.path) continue;
    const depth = slashes(file.path) - slashes(root.path);
    const folder = posix.dirname(file.path);
    const isShown = folder === root.path || slashes(folder) - slashes(root.path) < deepest;
    if (isShown) yield { file, relative: file.path.slice(prefix.length), depth };
  }
}
