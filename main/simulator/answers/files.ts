import { stream, type AnswerContext, type AnswerEntry } from '../answer.ts';
import { invalidArgument, Refusal } from '../errors.ts';
import { nodeFiles, type NodeFile } from '../node-files.ts';

const CHUNK_BYTES = 1_024;
const GO_UNKNOWN = 2;

function find(path: string, verb: string, { node, cluster }: AnswerContext): NodeFile {
  const wanted = path.length > 1 ? path.replace(/\/+$/, '') : path;
  const file = nodeFiles(node, cluster).find((each) => each.path === wanted);
  if (file === undefined) throw new Refusal(GO_UNKNOWN, `${verb} ${path}: no such file or directory`);
  return file;
}

/** How many folders below `root` a path lies; the root itself is 0. */
function depth(root: string, path: string): number {
  if (path === root) return 0;
  return path.slice(root === '/' ? 0 : root.length).split('/').length - 1;
}

/** Looking at files: a small tree that is the same on every node but for names and secrets. */
export const fileAnswers: readonly AnswerEntry[] = [
  stream('/machine.MachineService/List', function* (request, context) {
    const root = find(request.root || '/', 'lstat', context).path;
    const deepest = request.recurse ? request.recursion_depth || Infinity : 1;
    const below = nodeFiles(context.node, context.cluster).filter(
      ({ path }) => path === root || path.startsWith(root === '/' ? '/' : `${root}/`),
    );
    for (const file of below.filter(({ path }) => depth(root, path) <= deepest)) {
      const relative = file.path === root ? '.' : file.path.slice(root === '/' ? 1 : root.length + 1);
      yield {
        name: file.path,
        relative_name: relative,
        size: String(file.content?.length ?? 0),
        mode: file.mode,
        modified: String(Math.floor(context.node.bootedAtMs / 1000)),
        is_dir: file.content === null,
        uid: file.uid,
      };
    }
  }),
  stream('/machine.MachineService/Read', function* (request, context) {
    const { content } = find(request.path, 'stat', context);
    if (content === null) throw invalidArgument('path must be a regular file');
    for (let at = 0; at < content.length; at += CHUNK_BYTES) yield { bytes: content.subarray(at, at + CHUNK_BYTES) };
  }),
];
