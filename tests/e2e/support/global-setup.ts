import { ensureBuilt } from '../../../scripts/build-if-stale.ts';
import { ensureRuntime } from '../../../scripts/runtime.ts';
import { DIST_PATH } from './runtime-under-test.ts';

/** So that `playwright test` alone does what `npm test` does: the app is built and Playwright knows what runs it. */
export default async function globalSetup(): Promise<void> {
  process.env[DIST_PATH] ??= (await ensureRuntime()).distPath;
  await ensureBuilt();
}
