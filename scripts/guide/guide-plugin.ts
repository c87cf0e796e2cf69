import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';
import type { Block } from '../../renderer/features/guide/guide-page.ts';
import { parseGuide } from './parse-guide.ts';
import { smallPng } from './small-png.ts';

const NAME = 'virtual:user-guide';

/**
 * Gives the page docs/user-guide.md as the module `virtual:user-guide`: plain data, made when the app is built, so that no markup is made
 * from text while it runs. Its pictures become files of the app, with a palette.
 */
export function guidePlugin(root: string): Plugin {
  const guide = join(root, 'docs/user-guide.md');
  let isBuild = false;
  return {
    name: 'minos-user-guide',
    configResolved: ({ command, mode }) => {
      isBuild = command === 'build' && mode !== 'test';
    },
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      this.addWatchFile(guide);
      return moduleOf(readFileSync(guide, 'utf8'), (src) => {
        const path = join(root, 'docs', src);
        return isBuild ? smallCopy(root, path) : path;
      });
    },
  };
}

/** The module's text; `fileOf` gives the file that a picture is taken from. */
export function moduleOf(markdown: string, fileOf: (src: string) => string): string {
  const images: string[] = [];
  const imported = (src: string): string => {
    if (!images.includes(src)) images.push(src);
    return `image${images.indexOf(src)}`;
  };
  const pages = parseGuide(markdown).map((page) => ({
    ...page,
    blocks: page.blocks.map((block) => marked(block, imported)),
  }));
  const data = JSON.stringify(pages).replaceAll(/"\\u0000(image\d+)"/g, '$1');
  const imports = images.map((src, index) => `import image${index} from ${JSON.stringify(fileOf(src))};`);
  return [...imports, `export const GUIDE = ${data};`, ''].join('\n');
}

/** A sign that no text of the guide has stands before the name of an import. */
const marked = (block: Block, imported: (src: string) => string): Block =>
  block.kind === 'image' ? { ...block, src: `\0${imported(block.src)}` } : block;

/** Made once for each version of a picture. */
function smallCopy(root: string, path: string): string {
  const bytes = readFileSync(path);
  const folder = join(root, '.cache/guide', createHash('sha256').update(bytes).digest('hex').slice(0, 16));
  const copy = join(folder, basename(path));
  if (!existsSync(copy)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(copy, smallPng(bytes));
  }
  return copy;
}
