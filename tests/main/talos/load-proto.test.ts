import { join } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { loadTalosProto } from '../../../main/talos/load-proto.ts';
import type { MethodReply } from '../../../main/talos/method-types.ts';
import { filesBelow } from '../../../scripts/proto/generate-types.ts';
import { factsOfProto } from '../../proto/facts.ts';

const protoDir = join(import.meta.dirname, '../../../proto');

describe('loadTalosProto', () => {
  const proto = loadTalosProto(protoDir);

  it('loads every service and method of every file in the folder', () => {
    const inFiles = [...factsOfProto(protoDir).keys()]
      .filter((fact) => fact.includes(': rpc '))
      .map((fact) => fact.split(': rpc ')[1]);
    const loaded = proto.services.flatMap((service) =>
      service.methods.map((method) => method.path.slice(1).replace('/', '.')),
    );

    expect(loaded.sort()).toEqual(inFiles.sort());
    expect(filesBelow(protoDir, '.proto').length).toBe(17);
  });

  it('gives a method that encodes a request and decodes a reply, with its types', () => {
    const version = proto.method('/machine.MachineService/Version');

    const reply = version.responseDeserialize(
      version.responseSerialize({
        messages: [
          {
            metadata: null,
            version: { tag: 'v1.15.0', sha: '', built: '', go_version: '', os: '', arch: '' },
            platform: null,
            features: null,
          },
        ],
      }),
    );

    expectTypeOf(reply).toEqualTypeOf<MethodReply<'/machine.MachineService/Version'>>();
    expect(reply.messages[0]?.version).toEqual({
      tag: 'v1.15.0',
      sha: '',
      built: '',
      go_version: '',
      os: '',
      arch: '',
    });
    expect([version.path, version.requestStream, version.responseStream]).toEqual([
      '/machine.MachineService/Version',
      false,
      false,
    ]);
  });

  it('keeps all 64 bits of an etcd member id', () => {
    const remove = proto.method('/machine.MachineService/EtcdRemoveMemberByID');

    expect(remove.requestDeserialize(remove.requestSerialize({ member_id: '18446744073709551615' }))).toEqual({
      member_id: '18446744073709551615',
    });
  });

  it('keeps the number of an enum value that is newer than proto/', () => {
    const reboot = proto.method('/machine.MachineService/Reboot');

    expect(reboot.requestDeserialize(Buffer.from([0x08, 99]))).toEqual({ mode: 99 });
  });

  it('says which member of a oneof is set', () => {
    const run = proto.method('/machine.DebugService/ContainerRun');

    expect(run.responseDeserialize(Buffer.from([0x18, 7]))).toEqual({ exit_code: 7, resp: 'exit_code' });
  });

  it('finds a method by a path from outside and answers undefined for an unknown one', () => {
    expect(proto.findMethod('/cosi.resource.State/Watch')?.responseStream).toBe(true);
    expect(proto.findMethod('/machine.MachineService/GenerateConfiguration')).toBeUndefined();
    expect(proto.findMethod('__proto__')).toBeUndefined();
  });

  it('says that the description of the API cannot be read when the folder is not there', () => {
    expect(() => loadTalosProto(join(protoDir, 'nowhere'))).toThrow('The description of the Talos API cannot be read.');
  });
});
