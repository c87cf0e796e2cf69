import { randomUUID } from 'node:crypto';
import { systemClock } from '../../../main/lib/clock.ts';
import { Clusters } from '../../../main/operations/clusters/clusters.ts';
import { COMMANDS } from '../../../main/operations/commands/index.ts';
import { readContext } from '../../../main/operations/talosconfigs/context-reading.ts';
import { Foreground } from '../../../main/operations/work/foreground.ts';
import { Runs } from '../../../main/operations/work/runs.ts';
import { loadTalosProto } from '../../../main/talos/load-proto.ts';
import { parseTalosconfig } from '../../../main/talosconfig/parse-talosconfig.ts';

const PROTO = new URL('../../../proto/', import.meta.url).pathname;

/** Runs on the one context of a talosconfig, as main has them. Whoever opens it closes the clusters. */
export function openRuns(talosconfig: string) {
  const proto = loadTalosProto(PROTO);
  const { contexts, current } = parseTalosconfig(talosconfig);
  const [raw] = contexts;
  if (raw === undefined) throw new Error('The talosconfig has no context.');
  const place = { id: raw.name, file: '', fileContext: current };
  const clusters = new Clusters({
    context: () => readContext(raw, place, Date.now()),
    proto: () => proto,
    decodeWorker: { workerFile: new URL('../../../main/talos/decode-worker.ts', import.meta.url), protoDir: PROTO },
    clock: systemClock,
    random: Math.random,
  });
  const runs = new Runs({
    commands: COMMANDS,
    lease: (name, onChange) => clusters.lease(name, onChange),
    clock: systemClock,
    newId: randomUUID,
    isSeen: () => true,
    foreground: new Foreground(),
  });
  return { proto, raw, place, clusters, runs };
}
