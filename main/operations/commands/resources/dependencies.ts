import { unaryCommand } from '../kit/unary-command.ts';

/** `talosctl inspect dependencies` (docs/talos-behaviour.md §6.9) as a table; Explore draws it. */
export const dependencies = unaryCommand({
  id: 'inspect-dependencies',
  title: 'Dependencies of controllers',
  about: 'Which controllers of Talos read and write which resources. Explore draws it as a graph.',
  method: '/inspect.InspectService/ControllerRuntimeDependencies',
  syntax: {
    names: ['inspect dependencies'],
    flags: [{ long: 'with-resources', takesValue: false, note: 'Explore, Dependencies, shows the resources.' }],
  },
  params: [],
  columns: [
    { id: 'controller', title: 'CONTROLLER', kind: 'text' },
    { id: 'edge', title: 'EDGE', kind: 'text' },
    { id: 'namespace', title: 'NAMESPACE', kind: 'text' },
    { id: 'type', title: 'TYPE', kind: 'text' },
    { id: 'resource', title: 'RESOURCE', kind: 'text' },
  ],
  request: () => ({}),
  rows: (reply) =>
    reply.messages.flatMap(({ edges }) =>
      edges.map(({ controller_name, edge_type, resource_namespace, resource_type, resource_id }) => [
        controller_name,
        edge_type,
        resource_namespace,
        resource_type,
        resource_id === '' ? null : resource_id,
      ]),
    ),
});
