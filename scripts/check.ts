/** `npm run check`: everything that needs no window; run before every commit. */
import { CHECK_STEPS } from './check-steps.ts';
import { runSteps } from './steps.ts';

void runSteps(CHECK_STEPS).then((results) => {
  process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
});
