import type { TalosconfigState } from '../../../preload/contract/index.ts';
import type { Session } from '../../state/context.ts';
import { sessionPart } from '../../state/session-part.ts';

/**
 * Hands marks of production that an earlier version left in the page over to main, each once its context is there, and deletes
 * them here once main has them. Never from the demo, whose contexts are of another cluster.
 */
class OldMarks {
  readonly #session: Pick<Session, 'client' | 'preferences'>;
  /** Each is tried once for as long as the window is there: main may be unable to keep it. */
  readonly #tried = new Set<string>();

  constructor(session: Pick<Session, 'client' | 'preferences'>) {
    this.#session = session;
  }

  /** Called with each state of the files: a context that was marked may be there only now. Never rejects. */
  async handOver({ choice, contexts }: TalosconfigState): Promise<void> {
    if (choice.reason === 'demo') return;
    const { client, preferences } = this.#session;
    const known = new Set(contexts.map(({ id }) => id));
    for (const context of preferences.oldProduction) {
      // The user may have taken it away while another one was handed over.
      if (!known.has(context) || this.#tried.has(context) || !preferences.hasOldProduction(context)) continue;
      this.#tried.add(context);
      const outcome = await client.call('contexts.setProduction', { context, isProduction: true });
      if (outcome.ok) preferences.dropOldProduction(context);
    }
  }
}

/** Of a window. */
export const oldMarksOf = sessionPart((session) => new OldMarks(session));
