import { unaryCommand } from '../kit/unary-command.ts';
import { versionSkew } from './version-skew.ts';

/** `talosctl version` (docs/talos-behaviour.md §6.1): tag, build and platform of each node. */
export const version = unaryCommand({
  id: 'version',
  title: 'Version',
  about: 'Talos version and build of each node, and whether they differ.',
  method: '/machine.MachineService/Version',
  syntax: {
    names: ['version'],
    flags: [
      { long: 'short', takesValue: false, note: 'Minos always shows the whole version.' },
      { long: 'json', takesValue: false, note: 'the answer can be copied and saved as JSON.' },
    ],
  },
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
  conclude: (answers) =>
    versionSkew(new Map([...answers].flatMap(([node, [row]]) => (row === undefined ? [] : [[node, row[0]]])))),
});
