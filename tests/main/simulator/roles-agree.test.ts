import { expect, it } from 'vitest';
import { mayCall } from '../../../main/simulator/endpoint/roles.ts';
import { METHODS } from '../../../main/talos/methods.ts';

it('the client and the simulator, each with its own table, agree on every method and role', () => {
  const roles = ['os:admin', 'os:operator', 'os:reader', 'os:etcd:backup', 'os:image:verifier', 'os:meta:writer'];
  const ofNodes = Object.entries(METHODS).filter(([path]) => !path.startsWith('/auth.'));

  const differences = ofNodes.flatMap(([path, method]) =>
    roles
      .filter((role) => mayCall(path, [role]) !== (method.roles as readonly string[]).includes(role))
      .map((role) => `${path} ${role}`),
  );

  expect(differences).toEqual([]);
});
