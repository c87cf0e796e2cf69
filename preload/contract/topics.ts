import type * as v from 'valibot';
import { clusterTopics } from './clusters/topics.ts';
import { kubeconfigTopics } from './kubeconfig/topics.ts';
import { talosconfigTopics } from './talosconfigs/topics.ts';
import { workTopics } from './work/topics.ts';

/** Small current states that main keeps publishing: first a full snapshot, then again at most ten times a second. */
export const TOPICS = {
  ...talosconfigTopics,
  ...clusterTopics,
  ...workTopics,
  ...kubeconfigTopics,
} as const;

export type TopicName = keyof typeof TOPICS;
export type TopicParams<N extends TopicName> = v.InferOutput<(typeof TOPICS)[N]['input']>;
export type TopicValue<N extends TopicName> = Exclude<(typeof TOPICS)[N]['output'], undefined>;
