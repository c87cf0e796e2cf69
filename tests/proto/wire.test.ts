import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { WireFacts } from '../../scripts/proto/wire-facts.ts';
import { differences, factsOfProto, factsOfWire } from './facts.ts';

const protoDir = join(import.meta.dirname, '../../proto');
const wire = JSON.parse(readFileSync(join(import.meta.dirname, 'wire.json'), 'utf8')) as WireFacts;
const expected = factsOfWire(wire);

describe('proto/', () => {
  it('agrees with the facts about the wire in every service, method, message, field and enum', () => {
    expect(expected.size).toBeGreaterThan(1000);
    expect(differences(expected, factsOfProto(protoDir))).toEqual([]);
  });
});

describe('the comparison', () => {
  let folder = '';
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** The differences after replacing `before` by `after` in a copy of one file. */
  function differencesAfter(file: string, before: string, after: string): string[] {
    folder = mkdtempSync(join(tmpdir(), 'minos-proto-'));
    cpSync(protoDir, folder, { recursive: true });
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(before);
    writeFileSync(join(folder, file), text.replace(before, after));
    return differences(expected, factsOfProto(folder));
  }

  it.each<[string, string, string, string, string[]]>([
    [
      'a field number',
      'common/common.proto',
      'string message = 2;',
      'string message = 7;',
      ['common/common.proto: field common.Error.message is "= 7, string" and must be "= 2, string"'],
    ],
    [
      'a field name',
      'common/common.proto',
      'string full_path = 1;',
      'string path = 1;',
      [
        'common/common.proto: field common.URL.full_path is missing',
        'common/common.proto: field common.URL.path is not part of the API',
      ],
    ],
    [
      'a scalar type',
      'machine/machine.proto',
      'uint64 member_id = 1;',
      'int64 member_id = 1;',
      [
        'machine/machine.proto: field machine.EtcdRemoveMemberByIDRequest.member_id is "= 1, int64" and must be "= 1, uint64"',
      ],
    ],
    [
      'a message type',
      'machine/machine.proto',
      'VersionInfo version = 2;',
      'PlatformInfo version = 2;',
      [
        'machine/machine.proto: field machine.Version.version is "= 2, machine.PlatformInfo" and must be "= 2, machine.VersionInfo"',
      ],
    ],
    [
      'a label',
      'machine/debug.proto',
      'repeated string args = 3;',
      'string args = 3;',
      [
        'machine/debug.proto: field machine.DebugContainerRunRequestSpec.args is "= 3, string" and must be "= 3, string, repeated"',
      ],
    ],
    [
      'presence',
      'v1alpha1/state.proto',
      'optional string expected_phase = 2;',
      'string expected_phase = 2;',
      [
        'v1alpha1/state.proto: field cosi.resource.UpdateOptions.expected_phase is "= 2, string" and must be "= 2, string, optional"',
      ],
    ],
    [
      'a oneof',
      'machine/debug.proto',
      'oneof resp {',
      'oneof response {',
      [
        'machine/debug.proto: field machine.DebugContainerRunResponse.stdout_data is "= 2, bytes, oneof response" and must be "= 2, bytes, oneof resp"',
        'machine/debug.proto: field machine.DebugContainerRunResponse.exit_code is "= 3, int32, oneof response" and must be "= 3, int32, oneof resp"',
      ],
    ],
    [
      'a map',
      'v1alpha1/resource.proto',
      'map<string, string> labels = 10;',
      'map<string, bytes> labels = 10;',
      [
        'v1alpha1/resource.proto: field cosi.resource.Metadata.labels is "= 10, map<string, bytes>" and must be "= 10, map<string, string>"',
      ],
    ],
    [
      'an enum value',
      'machine/machine.proto',
      'POWERCYCLE = 1;',
      'POWERCYCLE = 3;',
      ['machine/machine.proto: value machine.RebootRequest.Mode.POWERCYCLE is "= 3" and must be "= 1"'],
    ],
    [
      'a stream',
      'cluster/cluster.proto',
      'returns (stream HealthCheckProgress)',
      'returns (HealthCheckProgress)',
      [
        'cluster/cluster.proto: rpc cluster.ClusterService.HealthCheck is "(cluster.HealthCheckRequest) returns (cluster.HealthCheckProgress)" and must be "(cluster.HealthCheckRequest) returns (stream cluster.HealthCheckProgress)"',
      ],
    ],
    [
      'a reserved number',
      'auth/auth.proto',
      'reserved 4;',
      '',
      [
        'auth/auth.proto: message auth.RegisterPublicKeyRequest is "reserved [[3,3]]" and must be "reserved [[3,3],[4,4]]"',
      ],
    ],
    [
      'a deprecation',
      'machine/machine.proto',
      'option deprecated = true;',
      '',
      [
        expect.stringMatching(
          /^machine\/machine\.proto: rpc machine\.MachineService\.\w+ is ".*\)" and must be ".*, deprecated"$/,
        ) as string,
      ],
    ],
    [
      'an added message',
      'google/rpc/status.proto',
      'message Status {',
      'message Other {}\nmessage Status {',
      ['google/rpc/status.proto: message google.rpc.Other is not part of the API'],
    ],
  ])('names %s that was changed', (_what, file, before, after, sentences) => {
    expect(differencesAfter(file, before, after)).toEqual(sentences);
  });
});
