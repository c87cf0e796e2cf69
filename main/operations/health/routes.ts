import type { CallHandlers, TopicHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';

type HealthCall = 'health.look' | 'health.refresh' | 'attention.mute' | 'attention.unmute' | 'attention.notify';
type HealthTopic = 'health.state' | 'attention.state' | 'etcd.state' | 'overview.state';

/** Calls about the health of a cluster. */
export function healthRoutes({ healths, attention }: Workspace): Pick<CallHandlers, HealthCall> {
  return {
    'health.look': ({ context, nodes }, { windowId }) => {
      healths.look(context, windowId, nodes);
    },
    'health.refresh': ({ context }) => healths.refresh(context),
    'attention.mute': ({ context, id, untilMs }) => attention.mute(context, id, untilMs),
    'attention.unmute': ({ context, id }) => attention.unmute(context, id),
    'attention.notify': ({ isOn }) => attention.notify(isOn),
  };
}

/** What is known of the health of a cluster. */
export function healthTopics({ healths, timelines }: Workspace): Pick<TopicHandlers, HealthTopic> {
  return {
    'health.state': ({ context }) => healths.health(context),
    'attention.state': ({ context }) => timelines.overheard('attention', healths.attention(context)),
    'etcd.state': ({ context }) => healths.etcd(context),
    'overview.state': ({ context }) => healths.overview(context),
  };
}
