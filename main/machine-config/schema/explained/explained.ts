import { CLUSTER } from './cluster.ts';
import type { FieldWords } from './field-words.ts';
import { KUBERNETES } from './kubernetes.ts';
import { LINKS } from './links.ts';
import { MACHINE } from './machine.ts';
import { NETWORK } from './network.ts';
import { OLD_NETWORK } from './old-network.ts';
import { RUNTIME } from './runtime.ts';
import { VOLUMES } from './volumes.ts';

/** The fields that people use most. A type stands in one of them. */
export const EXPLAINED: FieldWords = {
  ...{ ...MACHINE, ...OLD_NETWORK, ...CLUSTER, ...KUBERNETES },
  ...{ ...NETWORK, ...LINKS, ...VOLUMES, ...RUNTIME },
};
