import { unary, type AnswerEntry } from '../endpoint/answer.ts';
import { steadyHex } from '../wire/random.ts';

const SHA_LENGTH = 7;

/** Who the node is: Version and Hostname. */
export const machineAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/Version', (_request, { node }) => ({
    messages: [
      {
        version: {
          tag: node.version,
          sha: steadyHex(SHA_LENGTH, 0, node.version),
          built: '2026-08-12T09:14:36Z',
          go_version: 'go1.26.1',
          os: 'linux',
          arch: 'amd64',
        },
        platform: { name: 'metal', mode: 'metal' },
        features: { rbac: true },
      },
    ],
  })),
  unary('/machine.MachineService/Hostname', (_request, { node }) => ({ messages: [{ hostname: node.name }] })),
];
