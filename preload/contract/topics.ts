import type * as v from 'valibot';
import { clusterTopics } from './clusters/topics.ts';
import { deedTopics } from './deeds/topics.ts';
import { etcdTopics } from './etcd/topics.ts';
import { fleetTopics } from './fleet/topics.ts';
import { healthTopics } from './health/topics.ts';
import { kubeconfigTopics } from './kubeconfig/topics.ts';
import { settingsTopics } from './settings/topics.ts';
import { talosconfigTopics } from './talosconfigs/topics.ts';
import { updateTopics } from './updates/topics.ts';
import { workTopics } from './work/topics.ts';

/** Small current states that main keeps publishing: first a full snapshot, then again at most ten times a second. */
export const TOPICS = {
  ...talosconfigTopics,
  ...clusterTopics,
  ...workTopics,
  ...deedTopics,
  ...etcdTopics,
  ...kubeconfigTopics,
  ...healthTopics,
  ...fleetTopics,
  ...settingsTopics,
  ...updateTopics,
} as const;

/** Name of a topic, such as `config.state`. */
export type TopicName = keyof typeof TOPICS;

/** What a topic is asked for, as it is after the checks. */
export type TopicParams<N extends TopicName> = v.InferOutput<(typeof TOPICS)[N]['input']>;

/** The whole state that a topic publishes, each time it changes. */
export type TopicValue<N extends TopicName> = Exclude<(typeof TOPICS)[N]['output'], undefined>;
