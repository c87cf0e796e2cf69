import type { EndpointStatus } from '../../../preload/contract/index.ts';
import type { Session } from '../../state/context.ts';

/** Switches an endpoint off for this session, or on again; says so when it could not be done. */
export async function switchEndpoint(session: Session, { endpoint, phase }: EndpointStatus): Promise<void> {
  const context = session.current.id;
  if (context === undefined) return;
  const input = { context, endpoint, disabled: phase !== 'disabled' };
  const outcome = await session.client.call('endpoints.setDisabled', input);
  if (!outcome.ok) session.notices.say(outcome.failure.message, 'bad');
}
