import type { Session } from '../../state/context.ts';
import { tellWhyNot } from '../../state/tell.ts';

/** Ends `--endpoints` of this start for a context; says in a notice when that cannot be. */
export function useFileEndpoints(session: Pick<Session, 'client' | 'notices'>, context: string): void {
  void tellWhyNot(session, session.client.call('endpoints.useFile', { context }));
}
