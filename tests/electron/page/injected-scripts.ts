import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { cloneCodec } from './clone-codec.ts';
import { isolatedWorld, type PreloadSetup } from './isolated-world.ts';
import { worldBridge } from './world-bridge.ts';
import { pageWorld } from './page-world.ts';

/** Name of the preload's world, as in Electron. */
export const ISOLATED_WORLD = 'Electron Isolated Context';

/** Name of the binding from the isolated world to the main process; the page's world does not have it. */
export const BINDING = '__standInPost';

export interface PreloadOptions {
  readonly preload: string | undefined;
  readonly inSubFrames: boolean;
  readonly process: Readonly<Record<string, unknown>>;
}

/** The two scripts that run in every new document before the page's own: in the page's world and in the preload's. */
export function injectedScripts(options: PreloadOptions): { readonly page: string; readonly isolated: string } {
  const channel = JSON.stringify(`stand-in-${randomBytes(16).toString('hex')}`);
  const where = options.inSubFrames ? 'true' : 'window === window.top';
  const file = options.preload ?? '';
  const source = options.preload === undefined ? '' : readFileSync(file, 'utf8');
  const setup: PreloadSetup = { process: options.process, file, binding: BINDING };
  const page = `if (${where}) { (${String(pageWorld)})((${String(worldBridge)})(${channel}, 'page')); }`;
  const isolated = `if (${where}) { (${String(isolatedWorld)})(
    ${JSON.stringify(setup)},
    (${String(cloneCodec)})(),
    (${String(worldBridge)})(${channel}, 'preload'),
    ({ require, module, exports, process, global, setImmediate, clearImmediate, __filename, __dirname }) => {
${source}
}); }
//# sourceURL=${file ? pathToFileURL(file).href : 'stand-in:isolated-world'}`;
  return { page, isolated };
}
