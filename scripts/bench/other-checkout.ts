import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Another checkout to measure. `remove` takes away what was made for it. */
export interface OtherCheckout {
  readonly root: string;
  remove(): void;
}

/**
 * A folder as it is, or a commit (anything git knows one by) in a worktree of its own with this checkout's packages. Throws
 * for what is neither, and for a commit with other packages: that one needs a folder with its own `npm ci`.
 */
export function otherCheckout(root: string, wish: string): OtherCheckout {
  const folder = resolve(wish);
  if (existsSync(join(folder, 'package.json'))) return { root: folder, remove: () => undefined };
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const commit = git('rev-parse', '--verify', '--end-of-options', `${wish}^{commit}`);
  const path = join(root, '.cache/bench', `at-${commit.slice(0, 12)}`);
  const remove = (): void => {
    rmSync(path, { recursive: true, force: true });
    git('worktree', 'prune');
  };
  remove();
  mkdirSync(join(root, '.cache/bench'), { recursive: true });
  git('worktree', 'add', '--quiet', '--detach', path, commit);
  const [packages, ours] = [path, root].map((each) => readFileSync(join(each, 'package-lock.json'), 'utf8'));
  if (packages !== ours) {
    remove();
    throw new Error(`${wish} has other packages. Check it out into a folder, run npm ci there and name the folder.`);
  }
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  return { root: path, remove };
}
