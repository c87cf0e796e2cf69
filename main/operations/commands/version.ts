import { command } from './definition.ts';

/** `talosctl version` (docs/talos-behaviour.md §6.1): tag, build and platform of each node. */
export const version = command({
  id: 'version',
  title: 'Version',
  method: '/machine.MachineService/Version',
  params: [],
  columns: [
    { id: 'tag', title: 'TAG', kind: 'text' },
    { id: 'sha', title: 'SHA', kind: 'text' },
    { id: 'built', title: 'BUILT', kind: 'text' },
    { id: 'go', title: 'GO VERSION', kind: 'text' },
    { id: 'os-arch', title: 'OS/ARCH', kind: 'text' },
    { id: 'enabled', title: 'ENABLED', kind: 'text' },
  ],
  request: () => ({}),
  rows: (reply) =>
    reply.messages.map(({ version: info, features }) => [
      info?.tag ?? null,
      info?.sha ?? null,
      info?.built ?? null,
      info?.go_version ?? null,
      info === null ? null : `${info.os}/${info.arch}`,
      features?.rbac === true ? 'RBAC' : '',
    ]),
  talosctl: () => ['version'],
});
