import { unary, type AnswerEntry } from '../endpoint/answer.ts';
import type { SimulatedType } from '../resources/resource-type.ts';
import { allResourceTypes } from '../resources/registry.ts';

type EdgeType = 'OUTPUT_EXCLUSIVE' | 'OUTPUT_SHARED' | 'INPUT_STRONG' | 'INPUT_WEAK';

/** Read by most controllers that configure something. */
const CONFIG = 'MachineConfigs.config.talos.dev';

/** `network.LinkStatusController` of `LinkStatuses.net.talos.dev`, where the tables name no owner. */
function controllerOf({ type, owner }: Pick<SimulatedType, 'type' | 'owner'>): string {
  if (owner !== '') return owner;
  const [plural = '', group = ''] = type.split('.');
  const singular = plural
    .replace(/(?:sses|ses)$/, (end) => end.slice(0, -2))
    .replace(/ies$/, 'y')
    .replace(/([^s])s$/, '$1');
  return `${group}.${singular}Controller`;
}

/** Who reads and writes what: a controller for each type, which reads some of the types before it in its group, and the config. */
function edges() {
  const types = [...allResourceTypes().values()].filter(({ type }) => !type.endsWith('.meta.cosi.dev'));
  const byGroup = new Map<string, SimulatedType[]>();
  return types.flatMap((one, at) => {
    const controller_name = controllerOf(one);
    const group = one.type.split('.')[1] ?? '';
    const before = byGroup.get(group) ?? [];
    byGroup.set(group, [...before, one]);
    const edge = (of: Pick<SimulatedType, 'type' | 'namespace'>, edge_type: EdgeType, resource_id = '') => ({
      ...{ controller_name, edge_type, resource_id },
      ...{ resource_namespace: of.namespace, resource_type: of.type },
    });
    const read = before.slice(-(1 + (at % 3))).filter(({ owner }) => owner === '' || owner !== one.owner);
    const config = types.find(({ type }) => type === CONFIG);
    return [
      edge(one, at % 9 === 4 ? 'OUTPUT_SHARED' : 'OUTPUT_EXCLUSIVE'),
      ...read.map((each, index) => edge(each, index === 0 ? 'INPUT_STRONG' : 'INPUT_WEAK')),
      ...(config && one.type !== CONFIG && at % 2 === 0 ? [edge(config, 'INPUT_WEAK', 'v1alpha1')] : []),
    ];
  });
}

/** How the controllers of a node depend on each other; the same for every node. */
export function dependencyAnswers(): readonly AnswerEntry[] {
  const all = edges();
  return [unary('/inspect.InspectService/ControllerRuntimeDependencies', () => ({ messages: [{ edges: all }] }))];
}
