/** `npm test`: check, then the packed app and the end-to-end tests in a real window. Its last line counts all tests. */
import { CHECK_STEPS, PACKAGED_STEP } from './check-steps.ts';
import { ensureBuilt } from './build-if-stale.ts';
import { hasDisplay } from './display.ts';
import { ensureRuntime } from './runtime.ts';
import { countTests, runSteps } from './steps.ts';
import { ensurePackages } from './system-packages.ts';

async function test(): Promise<void> {
  const runtime = await ensureRuntime();
  const checked = await runSteps(CHECK_STEPS);
  await ensureBuilt();
  // The tests open invisible displays of their own where there is none to see.
  if (!hasDisplay(process.env)) ensurePackages(['xvfb']);
  const packed = await runSteps([PACKAGED_STEP]);
  const shown = await runSteps(
    [{ name: 'end-to-end tests', command: 'playwright', args: ['test', ...process.argv.slice(2)] }],
    {
      ...process.env,
      ELECTRON_OVERRIDE_DIST_PATH: runtime.distPath,
    },
  );
  const results = [...checked, ...packed, ...shown];
  let passed = 0;
  let failed = 0;
  for (const { name, ok, output } of results) {
    const counted = /tests$/.test(name) ? countTests(output) : { passed: 0, failed: 0 };
    passed += counted.passed;
    // A step that fails without a failed test (format, types, a crash) counts as one.
    failed += ok ? counted.failed : Math.max(1, counted.failed);
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

test().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
