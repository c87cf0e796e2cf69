/**
 * Every feature there is, a line each: one is added or removed by its folder and its line here. Nothing else outside its
 * folder knows it.
 */
export { bundles } from './bundles/index.ts';
export { blackbox } from './blackbox/index.ts';
export { changes } from './changes/index.ts';
export { checks } from './checks/index.ts';
export { charts } from './charts/index.ts';
export { contexts } from './contexts/index.ts';
export { deeds } from './deeds/index.ts';
export { demo } from './demo/index.ts';
export { endpoints } from './endpoints/index.ts';
export { etcd } from './etcd/index.ts';
export { explore } from './explore/index.ts';
export { files } from './files/index.ts';
export { fleet } from './fleet/index.ts';
export { guide } from './guide/index.ts';
export { imports } from './import/index.ts';
export { kubeconfig } from './kubeconfig/index.ts';
export { lens } from './lens/index.ts';
export { machineConfig } from './machine-config/index.ts';
export { node } from './node/index.ts';
export { nodes } from './nodes/index.ts';
export { overview } from './overview/index.ts';
export { runs } from './runs/index.ts';
export { settings } from './settings/index.ts';
export { support } from './support/index.ts';
export { timeline } from './timeline/index.ts';
export { tour } from './tour/index.ts';
export type { Feature, Host, InspectorKind } from './feature.ts';
