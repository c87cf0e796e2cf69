import type { AnyAnswer } from '../endpoint/answer.ts';
import { accessAnswers } from './access.ts';
import { bootstrapAnswers } from './bootstrap.ts';
import { containerAnswers } from './containers.ts';
import { cosiAnswers } from './cosi.ts';
import { dependencyAnswers } from './dependencies.ts';
import { etcdAnswers } from './etcd.ts';
import { eventAnswers } from './events.ts';
import { fileAnswers } from './files.ts';
import { hardwareAnswers } from './hardware.ts';
import { healthAnswers } from './health.ts';
import { imageAnswers } from './images.ts';
import { loadAnswers } from './load.ts';
import { logAnswers } from './logs.ts';
import { machineAnswers } from './machine.ts';
import { machineConfigAnswers } from './machine-config.ts';
import { metaAnswers } from './meta.ts';
import { powerAnswers } from './power.ts';
import { resetAnswers } from './reset.ts';
import { upgradeAnswers } from './upgrades.ts';
import { processAnswers } from './processes.ts';
import { serviceAnswers } from './services.ts';
import { socketAnswers } from './sockets.ts';
import { storageAnswers } from './storage.ts';
import { timeAnswers } from './time.ts';

/** Everything the simulated nodes can answer, by method path. The rest is UNIMPLEMENTED. */
export function allAnswers(): ReadonlyMap<string, AnyAnswer> {
  return new Map<string, AnyAnswer>([
    ...machineAnswers,
    ...loadAnswers,
    ...hardwareAnswers,
    ...serviceAnswers,
    ...metaAnswers,
    ...machineConfigAnswers,
    ...storageAnswers,
    ...containerAnswers,
    ...processAnswers,
    ...socketAnswers,
    ...timeAnswers,
    ...powerAnswers,
    ...resetAnswers,
    ...upgradeAnswers,
    ...etcdAnswers,
    ...bootstrapAnswers,
    ...logAnswers,
    ...eventAnswers,
    ...fileAnswers,
    ...healthAnswers,
    ...imageAnswers,
    ...accessAnswers,
    ...cosiAnswers(),
    ...dependencyAnswers(),
  ]);
}
