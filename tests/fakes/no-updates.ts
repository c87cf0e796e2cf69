import { systemClock } from '../../main/lib/clock.ts';
import { silentLog } from '../../main/lib/log.ts';
import { Value } from '../../main/lib/observable.ts';
import { Updates } from '../../main/operations/updates/updates.ts';

/** Those of a Minos that was not packed: nobody is asked. */
export function noUpdates(): Updates {
  const refuse = (): never => {
    throw new Error('not in this test');
  };
  return new Updates({
    ...{ release: undefined, isPackaged: false, platform: 'linux', arch: 'x64', version: '0.1.0' },
    ...{ askHttps: refuse, packages: refuse, showPage: refuse, ask: refuse, busyWith: refuse },
    looked: { read: refuse, write: refuse },
    chosen: new Value({ isLookingForUpdates: false }),
    ...{ clock: systemClock, log: silentLog },
  });
}
