import type { PickItem } from '../../../components/overlays/pick.ts';
import { showUnseen } from '../../../lib/unseen-signs.ts';
import type { Session } from '../../../state/context.ts';
import { machineConfigOf } from '../machine-config.svelte.ts';
import { patchLibraryOf } from './patch-library.svelte.ts';

/** Patches that can be used, as lines of the palette: their values are asked for beside the config that is looked at. */
export function patchPicks(session: Session): readonly PickItem[] {
  const { saved, jobs = [], jobsOf } = patchLibraryOf(session);
  const areOfOpened = jobsOf !== undefined && jobsOf === machineConfigOf(session).opened?.token;
  return [...saved, ...(areOfOpened ? jobs : [])].map((patch) => ({
    id: `patch:${patch.id}`,
    label: `Use the patch ${showUnseen(patch.name)}…`,
    detail: showUnseen(patch.about),
    group: 'Machine config',
    words: 'patch machineconfig saved job',
    pick: () => {
      session.screen.show('machine-config');
      machineConfigOf(session).tab = 'patch';
      patchLibraryOf(session).begin(patch);
    },
  }));
}
