import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AnyMethod } from '../../../main/talos/load-proto.ts';
import { loadTalosProto } from '../../../main/talos/load-proto.ts';
import { METHODS, methodName, methodOf } from '../../../main/talos/methods.ts';

const proto = loadTalosProto(join(import.meta.dirname, '../../../proto'));
const loaded = proto.services.flatMap((service) => service.methods);

function kindOf(method: AnyMethod): string {
  if (method.requestStream) return method.responseStream ? 'bidi' : 'client';
  return method.responseStream ? 'server' : 'unary';
}

/** Paths of the methods in one class, without the service where it is MachineService. */
function pathsOf(safety: string): string[] {
  const paths = Object.entries(METHODS).filter(([, method]) => method.safety === safety);
  return paths.map(([path]) => path.replace('/machine.MachineService/', '')).sort();
}

describe('METHODS', () => {
  it('names every method of proto/ and no other, each with its kind', () => {
    const expected = Object.fromEntries(loaded.map((method) => [method.path, kindOf(method)]));

    expect(Object.fromEntries(Object.entries(METHODS).map(([path, method]) => [path, method.kind]))).toEqual(expected);
  });

  it('lets nothing but these be repeated after a change', () => {
    expect(pathsOf('idempotent')).toEqual([
      '/machine.ImageService/Pull',
      'GenerateClientConfiguration',
      'ImagePull',
      'Kubeconfig',
    ]);
  });

  it('calls a method with a dangerous verb a read in no case', () => {
    const verbs =
      /Apply|Bootstrap|Reboot|Shutdown|Reset|Roll|Upgrade|Restart|Start|Stop|Write|Delete|Remove|Leave|Forfeit|Recover|Disarm|Defrag|Enable|Cancel|Install|Import|Pull|Wipe|Destroy|Create|Update|Teardown|Run$|Register|Confirm|Revoke|Generate/;
    const reads = pathsOf('read').map(methodName);

    expect(reads.filter((name) => verbs.test(name) && name !== 'AwaitPublicKeyConfirmation')).toEqual([]);
  });

  it('asks for admin wherever secrets can be read or a cluster can be lost', () => {
    const names = [
      'Read',
      'Copy',
      'Kubeconfig',
      'Reset',
      'Upgrade',
      'Rollback',
      'ApplyConfiguration',
      'Bootstrap',
      'EtcdLeaveCluster',
      'EtcdRemoveMemberByID',
      'EtcdRecover',
      'GenerateClientConfiguration',
    ];

    expect(names.filter((name) => methodOf(`/machine.MachineService/${name}`)?.roles.join() !== 'os:admin')).toEqual(
      [],
    );
  });

  it('sends over a connection of its own what may be large, and nothing that follows or is asked for often', () => {
    const bulk = Object.entries(METHODS).filter(([, method]) => method.bulk === true);

    expect(bulk.map(([path]) => methodName(path)).sort()).toEqual(['Copy', 'EtcdSnapshot', 'PacketCapture', 'Read']);
    expect(bulk.every(([, method]) => method.kind === 'server')).toBe(true);
  });

  it('lists os:admin among the roles of every method on a node', () => {
    const without = Object.entries(METHODS).filter(([, method]) => !method.roles.includes('os:admin'));

    expect(without.map(([path]) => path.split('/')[1])).toEqual(Array(4).fill('auth.AuthService'));
  });

  it('knows nothing about a path that is not a method', () => {
    expect([methodOf('__proto__'), methodOf('constructor'), methodOf('/machine.MachineService/Nope')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
