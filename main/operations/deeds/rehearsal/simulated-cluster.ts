import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { IdentityReader } from '../../../credentials/identity-reader.ts';
import { SettingsFile } from '../../../files/settings.ts';
import type { Clock } from '../../../lib/clock.ts';
import { Failed } from '../../../lib/failed.ts';
import { silentLog } from '../../../lib/log.ts';
import type { LoadedProto } from '../../../talos/load-proto.ts';
import { TextWorkers } from '../../../text-work/text-workers.ts';
import { Clusters } from '../../clusters/clusters.ts';
import { Plans } from '../../plans/plans.ts';
import { TalosconfigSession } from '../../talosconfigs/talosconfig-session.ts';
import { DeedJournal } from '../deed-journal.ts';
import { Drains } from '../drain/drains.ts';
import type { HeldCluster } from '../held-cluster.ts';
import { fastClock } from './fast-clock.ts';
import { makeRehearsalFolder } from './rehearsal-folder.ts';
import type { ClusterShape, StartRehearsal } from './shape.ts';

/** What a simulated cluster is worked on with. */
export interface RehearsalTools {
  /** Default: nothing can be rehearsed. */
  readonly startRehearsal?: StartRehearsal;
  readonly proto: () => LoadedProto;
  readonly textWorkerFile: string;
  /** The computer's own: of calls and of the deadline. */
  readonly clock: Clock;
  readonly random: () => number;
}

/** A simulated cluster, and everything that deeds on it need; nothing of it is shared with the user's clusters, files or journal. */
export interface SimulatedCluster {
  /** Id of its only context. */
  readonly context: string;
  readonly talosconfig: TalosconfigSession;
  readonly clusters: Clusters;
  readonly journal: DeedJournal;
  readonly plans: Plans;
  /** Goes faster than the computer's. */
  readonly clock: Clock;
  readonly drains: (held: Pick<HeldCluster, 'id' | 'caller'>, agreed: Set<string>) => Drains;
  /** Ends its calls, its connections and its machines. */
  close(): Promise<void>;
  /** Removes its files, once nothing writes there any more. */
  remove(): Promise<void>;
}

/** So much faster than in truth: a machine that is away for ten seconds is back in a third of one. */
const TIMES = 30;

/** Starts a cluster of this shape, with a talosconfig and a journal in a temporary folder. Throws what starting it throws. */
export async function openSimulated(shape: ClusterShape, tools: RehearsalTools): Promise<SimulatedCluster> {
  const { startRehearsal, proto, random } = tools;
  if (startRehearsal === undefined)
    throw new Failed({ code: 'not-supported', message: 'Nothing can be rehearsed here.' });
  const clock = fastClock(tools.clock, TIMES);
  const folder = await makeRehearsalFolder();
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  let close = (): Promise<void> => Promise.resolve();
  try {
    const running = await startRehearsal(shape, { folder, clock, proto: proto() });
    const texts = new TextWorkers({ workerFile: tools.textWorkerFile, clock: tools.clock });
    const identities = new IdentityReader();
    const talosconfig = new TalosconfigSession({
      ...{ choose: () => running.choice, clock: tools.clock, log: silentLog, texts, identities },
      isProduction: () => false,
    });
    const clusters = new Clusters({
      context: (id) => talosconfig.context(id),
      contexts: () => talosconfig.all,
      ...{ proto, random, clock: tools.clock },
    });
    const journal = new DeedJournal({
      ...{ path: join(folder, 'deeds.ndjson'), clock, log: silentLog },
      settings: new SettingsFile(join(folder, 'settings.json')),
    });
    // Whoever rehearses has nothing to confirm: nothing is at stake.
    const ask = (): Promise<void> => Promise.resolve();
    const opened: Drains[] = [];
    close = async () => {
      talosconfig.close();
      for (const drains of opened) drains.close();
      // First, so that no call is waited for.
      await running.close();
      await clusters.close();
      await Promise.all([texts.close(), identities.close()]);
    };
    await talosconfig.reload();
    const [context] = talosconfig.all;
    if (context === undefined) throw new Failed({ code: 'internal', message: 'The simulated cluster has no context.' });
    const { id, name } = context.summary;
    return {
      ...{ context: id, talosconfig, clusters, journal, clock, close, remove },
      plans: new Plans({ clock, ask, journal }),
      drains: (held, agreed) => {
        const drains = new Drains({
          ...{ caller: held.caller, nodes: () => clusters.get(held.id).nodes.current, agreed, clock },
          ...{ roles: shape.roles, context: name, texts, ask, namedHosts: () => Promise.resolve(new Set<string>()) },
        });
        opened.push(drains);
        return drains;
      },
    };
  } catch (error) {
    await close().finally(remove);
    throw error;
  }
}
