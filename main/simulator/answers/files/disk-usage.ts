import type { AnswerContext } from '../../endpoint/answer.ts';
import { isDirectory, sizeOf } from '../../node/node-files.ts';
import { FileError, rootPath, walk, type WalkedFile } from './walk.ts';

/** What DiskUsage is asked for. */
export interface DiskUsageRequest {
  readonly recursion_depth: number;
  readonly all: boolean;
  /** Positive hides what is smaller, negative what is larger. */
  readonly threshold: string;
  readonly paths: readonly string[];
}

interface Usage {
  readonly name: string;
  readonly relative_name: string;
  readonly size?: string;
  readonly error?: string;
}

/** A folder whose content is still being added up. */
interface OpenFolder {
  readonly entry: WalkedFile;
  size: number;
}

/**
 * Sizes below the first path that exists; the paths after it are not looked at. A folder comes after its content, with
 * everything in it added up, also what is not shown. A path that leads nowhere is an entry with an error.
 */
export function* diskUsage(request: DiskUsageRequest, context: AnswerContext) {
  for (const path of request.paths) {
    const root = rootPath(path);
    try {
      yield* usageBelow(root, request, context);
      return;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield { name: root, relative_name: root, error: error.message };
    }
  }
}

function* usageBelow(root: string, request: DiskUsageRequest, context: AnswerContext): Generator<Usage> {
  const threshold = Number(request.threshold);
  const isHidden = ({ depth, file }: WalkedFile, size: number): boolean =>
    (request.recursion_depth > 0 && depth >= request.recursion_depth) ||
    (!isDirectory(file) && !request.all) ||
    (threshold > 0 && size < threshold) ||
    (threshold < 0 && size > -threshold);

  const open: OpenFolder[] = [];
  function* say(entry: WalkedFile, size: number): Generator<Usage> {
    const above = open.at(-1);
    if (above !== undefined) above.size += size;
    if (isHidden(entry, size)) return;
    yield { name: entry.file.path, relative_name: entry.relative, size: String(size) };
  }
  function* closeDownTo(depth: number): Generator<Usage> {
    for (let last = open.at(-1); last !== undefined && last.entry.depth >= depth; last = open.at(-1)) {
      open.pop();
      yield* say(last.entry, last.size);
    }
  }

  for (const entry of walkFolders(root, context)) {
    yield* closeDownTo(entry.depth);
    if (isDirectory(entry.file)) open.push({ entry, size: 0 });
    else if (entry.file.lost !== undefined) yield lost(entry, entry.file.lost);
    else yield* say(entry, sizeOf(entry.file));
  }
  yield* closeDownTo(0);
}

const lost = ({ file: { path }, relative }: WalkedFile, why: string): Usage => ({
  name: path,
  relative_name: relative,
  error: `lstat ${path}: ${why}`,
});

/** The walk with the depth counted in folders, which below `/` is one more than in slashes. */
function* walkFolders(root: string, context: AnswerContext): Generator<WalkedFile> {
  for (const entry of walk(root, Infinity, context)) {
    const depth = entry.relative === '.' ? 0 : entry.relative.split('/').length;
    yield { ...entry, depth };
  }
}
