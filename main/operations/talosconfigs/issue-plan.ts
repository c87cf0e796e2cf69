import type { ContextSummary } from '../../../preload/contract/index.ts';
import { kindOf } from '../../files/own/own-file.ts';
import type { Unfinished } from '../../files/own/unfinished.ts';
import { placeToWrite, writeWholeFile } from '../../files/write-whole-file.ts';
import { Failed } from '../../lib/failed.ts';
import { visible } from '../../lib/visible.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import type { FilePlan } from '../plans/plan.ts';
import { issuedTalosconfig } from './issued-talosconfig.ts';
import { longLifeQuestion, USUAL_HOURS } from './questions.ts';
import type { Renewals } from './renewals.ts';

/** What is issued: roles as in a client certificate, and how long it is valid. */
export interface ScopedConfigWish {
  readonly roles: readonly string[];
  readonly hours: number;
}

/** What issuing needs. */
export interface Issuing {
  readonly issue: Renewals['issue'];
  /** Asks for the place of the new file; throws Failed `cancelled` when the user did not say one. */
  readonly choosePath: () => Promise<string>;
  readonly texts: TextWorkers;
  /** Notes the new file while it is written. */
  readonly unfinished: Unfinished | undefined;
}

/**
 * A scoped talosconfig from the cluster of a context, saved as a new file. Final: whoever has the certificate keeps its
 * access until it ends. The user is asked before it outlasts a renewal.
 */
export function issuePlan(
  { id, name, endpoints }: ContextSummary,
  { roles, hours }: ScopedConfigWish,
  { issue, choosePath, texts, unfinished }: Issuing,
): FilePlan {
  const what = `Saved a talosconfig with ${roles.join(', ')} for ${hours} h`;
  const step: FilePlan['steps'][number] = {
    basis: undefined,
    what,
    ready: () =>
      Promise.resolve({
        questions: hours > USUAL_HOURS ? [longLifeQuestion(name, roles, hours)] : [],
        write: async (signal) => {
          const path = await choosePath();
          await refuseExisting(path);
          const place = await placeToWrite(path);
          const issued = await issue(id, roles, hours, signal);
          // The cluster leaves the endpoints empty; those in use now are what works (docs/talos-behaviour.md §3.1, config new).
          const text = await issuedTalosconfig(issued, { context: name, endpoints }, texts);
          await writeWholeFile(place, [text], unfinished);
          return { file: path, what: `${what} as ${visible(path)}` };
        },
      }),
  };
  return { kind: 'files', risk: 'final', steps: [step] };
}

/** As talosctl does: nothing that is there is replaced, whatever a dialog was told; it may be the user's own talosconfig. */
async function refuseExisting(path: string): Promise<void> {
  if ((await kindOf(path)) === 'missing') return;
  throw new Failed({
    code: 'conflict',
    message: `${path} exists already; nothing was asked of the cluster.`,
    hint: 'Choose a name that is not taken.',
    where: { file: path },
  });
}
