import { expect, test } from 'vitest';
import { StartedMain } from '../hostile/support/start-main.ts';
import { demo, version, watch } from './scenarios/clusters.ts';
import { importing, merging, renaming, renewing } from './scenarios/files.ts';
import { expectAsRecorded } from './support/golden.ts';
import { Stage } from './support/stage.ts';

/*
 * What crosses the bridge, what reaches an endpoint and what is written to files, compared with what is committed. The page's
 * calls may change by intent; what a cluster sees and what stands in a user's file may not.
 */

test.each([demo, version, watch, importing, renaming, renewing, merging])(
  '$name: the bridge, the requests and the written bytes are those that were recorded',
  async (scenario) => {
    const { main: options, simulators } = await scenario.prepare();
    try {
      await using main = await StartedMain.start(options);
      const stage = new Stage(main, simulators);
      await scenario.play(stage, simulators);
      expectAsRecorded(scenario.name, stage.transcript());
      expect(main.unhandled).toEqual([]);
    } finally {
      await Promise.all(simulators.map((simulator) => simulator.close()));
    }
  },
);
