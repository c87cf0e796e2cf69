import type { Component } from 'svelte';
import type { IconName } from '../components/icons.ts';
import ContextInspector from '../features/contexts/ContextInspector.svelte';
import ContextsScreen from '../features/contexts/ContextsScreen.svelte';
import EndpointInspector from '../features/endpoints/EndpointInspector.svelte';
import EndpointsScreen from '../features/endpoints/EndpointsScreen.svelte';
import ExploreScreen from '../features/explore/ExploreScreen.svelte';
import ResourceInspector from '../features/explore/ResourceInspector.svelte';
import KubeconfigScreen from '../features/kubeconfig/KubeconfigScreen.svelte';
import NodeInspector from '../features/nodes/NodeInspector.svelte';
import NodesScreen from '../features/nodes/NodesScreen.svelte';
import OverviewScreen from '../features/overview/OverviewScreen.svelte';
import AnswerInspector from '../features/runs/AnswerInspector.svelte';
import RunsScreen from '../features/runs/RunsScreen.svelte';
import type { Inspected } from '../state/view.svelte.ts';

export interface Route {
  readonly id: string;
  readonly title: string;
  readonly icon: IconName;
  readonly screen: Component;
  /** Shown only when the context in use can be used. */
  readonly needsContext: boolean;
}

/** Every screen that exists. A feature is removed by its folder and its line here. */
export const ROUTES: readonly Route[] = [
  { id: 'overview', title: 'Overview', icon: 'overview', screen: OverviewScreen, needsContext: true },
  { id: 'nodes', title: 'Nodes', icon: 'nodes', screen: NodesScreen, needsContext: true },
  { id: 'explore', title: 'Explore', icon: 'explore', screen: ExploreScreen, needsContext: true },
  { id: 'runs', title: 'Runs', icon: 'runs', screen: RunsScreen, needsContext: false },
  { id: 'kubeconfig', title: 'Kubeconfig', icon: 'kubeconfig', screen: KubeconfigScreen, needsContext: false },
  { id: 'endpoints', title: 'Endpoints', icon: 'endpoints', screen: EndpointsScreen, needsContext: true },
  { id: 'contexts', title: 'Contexts', icon: 'contexts', screen: ContextsScreen, needsContext: false },
];

export const INSPECTORS: Readonly<
  Record<Inspected['kind'], { readonly word: string; readonly component: Component<{ id: string }> }>
> = {
  node: { word: 'Node', component: NodeInspector },
  endpoint: { word: 'Endpoint', component: EndpointInspector },
  context: { word: 'Context', component: ContextInspector },
  answer: { word: 'Answer', component: AnswerInspector },
  resource: { word: 'Resource', component: ResourceInspector },
};
