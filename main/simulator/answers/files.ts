import { posix } from 'node:path';
import { stream, type AnswerEntry } from '../endpoint/answer.ts';
import { notFound, unknownError } from '../endpoint/errors.ts';
import { kernelFiles, type KernelFile } from '../node/cgroup-files.ts';
import { isDirectory, isSymlink, sizeOf, SYMLINK_MODE, type NodeFile } from '../node/node-files.ts';
import { strangeTarGz } from '../faults/strange-tar.ts';
import { diskUsage } from './files/disk-usage.ts';
import { tarGz } from './files/tar.ts';
import { FileError, findFile, rootPath, walk, type WalkedFile } from './files/walk.ts';

const CHUNK_BYTES = 1_024;

function* chunks(bytes: Buffer): Generator<{ readonly bytes: Buffer }> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield { bytes: bytes.subarray(at, at + CHUNK_BYTES) };
}

/** What `work` makes; a path that leads nowhere is an error without a code of its own, or NotFound where `missing` says so. */
function orRefuse<T>(work: () => T, missing = unknownError): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw error.isMissing ? missing(error.message) : unknownError(error.message);
  }
}

type FileType = 'REGULAR' | 'DIRECTORY' | 'SYMLINK';

/** Whether a file is of one of these types; without any, everything is. */
function isOfType(file: NodeFile, types: readonly (string | number)[]): boolean {
  const type: FileType | 'other' = isDirectory(file)
    ? 'DIRECTORY'
    : isSymlink(file)
      ? 'SYMLINK'
      : file.content === null
        ? 'other'
        : 'REGULAR';
  return types.length === 0 || types.includes(type);
}

/** Its SELinux label, ended with a zero byte as the kernel does. */
function labelOf({ path }: NodeFile): { readonly name: string; readonly data: Buffer } {
  const type = path.startsWith('/etc') ? 'etc_t' : path.startsWith('/var') ? 'ephemeral_t' : 'rootfs_t';
  return { name: 'security.selinux', data: Buffer.from(`system_u:object_r:${type}:s0\0`) };
}

const asWalked = ({ path, text, isLink }: KernelFile): WalkedFile => ({
  file: {
    path,
    mode: isLink ? SYMLINK_MODE : 0o444,
    uid: 0,
    content: isLink ? null : Buffer.from(text),
    link: isLink ? text : '',
  },
  relative: path,
  depth: 0,
});

/** Looking at files: a small tree that is the same on every node but for names and secrets. */
export const fileAnswers: readonly AnswerEntry[] = [
  // A path without a slash in front is taken from `/` on.
  stream('/machine.MachineService/List', function* (request, context) {
    const deepest = !request.recurse ? 0 : request.recursion_depth > 0 ? request.recursion_depth : Infinity;
    const files = orRefuse(() => [...walk(rootPath(request.root), deepest, context)]);
    for (const { file, relative } of files.filter((each) => isOfType(each.file, request.types))) {
      if (file.lost !== undefined) {
        yield { name: file.path, relative_name: relative, error: `lstat ${file.path}: ${file.lost}` };
        continue;
      }
      yield {
        name: file.path,
        relative_name: relative,
        size: String(sizeOf(file)),
        mode: file.mode,
        modified: String(Math.floor(context.node.bootedAtMs / 1000)),
        is_dir: isDirectory(file),
        link: file.link,
        uid: file.uid,
        ...(request.report_xattrs && { xattrs: [labelOf(file)] }),
      };
    }
  }),
  stream('/machine.MachineService/DiskUsage', (request, context) => diskUsage(request, context)),
  stream('/machine.MachineService/Read', function* (request, context) {
    const {
      path,
      content,
      lost,
      unreadable,
      size = 0,
    } = orRefuse(() => findFile('stat', request.path, context), notFound);
    if (lost !== undefined) throw unknownError(`stat ${path}: ${lost}`);
    if (content === null) throw unknownError('path must be a regular file');
    if (unreadable !== undefined) throw unknownError(`read ${path}: ${unreadable}`);
    yield* chunks(content);
    // The holes of a sparse file read as zeros, however many there are.
    const hole = Buffer.alloc(CHUNK_BYTES);
    for (let left = size - content.length; left > 0; left -= hole.length) yield { bytes: hole.subarray(0, left) };
  }),
  // Of a path that leads nowhere the stream says so in a message of its own and ends well.
  stream('/machine.MachineService/Copy', function* (request, context) {
    const path = posix.normalize(request.root_path || '.').replace(/(?<=.)\/$/, '');
    if (!path.startsWith('/')) throw unknownError(`path is not absolute ${path}`);
    const kernel = kernelFiles(path, context.node, context.nowMs());
    if (kernel !== undefined) {
      yield* chunks(tarGz([...kernel].map(asWalked), context.nowMs()));
      return;
    }
    let files: readonly WalkedFile[];
    try {
      files = [...walk(path, Infinity, context)];
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield { metadata: { error: error.message } };
      return;
    }
    const { fault } = context.node;
    if (fault?.kind === 'archive') {
      yield* chunks(strangeTarGz(fault.with));
      return;
    }
    const below = files.filter(({ relative }) => relative !== '.');
    const bad = below.findIndex(({ file }) => file.lost !== undefined || file.unreadable !== undefined);
    yield* chunks(tarGz(bad < 0 ? below : below.slice(0, bad), context.node.bootedAtMs));
    // It stops at the first that it cannot read.
    const { path: at, lost, unreadable } = below[bad]?.file ?? {};
    if (lost !== undefined) throw unknownError(`lstat ${at}: ${lost}`);
    if (unreadable !== undefined) throw unknownError(`read ${at}: ${unreadable}`);
  }),
];
