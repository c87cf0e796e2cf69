import type { NodeRole, NodeSummary, PoolStatus } from '../../../../preload/contract/index.ts';
import { parseEndpoint } from '../../../lib/endpoint-address.ts';
import type { Machine } from '../../plans/machine.ts';
import type { PowerKind } from './kinds.ts';
import type { ReadMachine } from './read-machines.ts';

/** What may be risky about taking machines down. */
export interface RiskFacts {
  readonly kind: PowerKind;
  readonly machines: readonly Machine[];
  readonly nodes: readonly NodeSummary[];
  readonly read: readonly ReadMachine[];
  readonly pool: PoolStatus;
  readonly namesOf: (machine: Machine) => readonly string[];
  readonly roleOf: (machine: Machine) => NodeRole;
  readonly isProduction: boolean;
}

/** What is risky, in words, and what follows from it. */
export interface PowerRisks {
  /** Sentences for the sheet and the question. */
  readonly effects: readonly string[];
  /** The cluster's own name has to be typed. */
  readonly isTyped: boolean;
  /** Minos is connected through this machine. */
  readonly isEndpoint: (machine: Machine) => boolean;
}

/** What is risky although no arithmetic forbids it. */
export function powerRisks(facts: RiskFacts): PowerRisks {
  const { kind, machines, nodes, read, pool, namesOf, roleOf, isProduction } = facts;
  const hosts = pool.endpoints.map(({ endpoint }) => hostOf(endpoint));
  const isEndpoint = (machine: Machine): boolean => namesOf(machine).some((name) => hosts.includes(name));
  const through = machines.filter(isEndpoint);
  const isOnlyWay =
    hosts.length > 0 && hosts.every((host) => through.some((machine) => namesOf(machine).includes(host)));
  const isAlone = isOnlyWay && (hosts.length === 1 || !kind.comesBack);
  const workers = nodes.filter(({ role }) => role === 'worker');
  const going = machines.filter((machine) => roleOf(machine) === 'worker');
  const isLastWorker = workers.length > 1 && going.length === workers.length && !kind.comesBack;
  const unready = read.filter(({ look }) => look?.isKubernetesReady === false);
  const names = (of: readonly Machine[]): string => of.map(({ name }) => name).join(', ');
  return {
    isEndpoint,
    isTyped: isProduction || isAlone || isLastWorker || !kind.comesBack,
    effects: [
      ...(isAlone
        ? [
            `You are connected through ${names(through)} alone: ${kind.comesBack ? 'until it is back, nothing is seen of this cluster' : 'afterwards this context leads nowhere'}.`,
          ]
        : through.length > 0
          ? [`You are connected through ${names(through)}, too; while one is away the other endpoints are used.`]
          : []),
      ...(isLastWorker ? ['No worker is left afterwards.'] : []),
      ...(unready.length > 0
        ? [`Kubernetes does not call ${names(unready.map(({ machine }) => machine))} ready as it is.`]
        : []),
      ...(isProduction ? ['This cluster is in production.'] : []),
    ],
  };
}

function hostOf(endpoint: string): string {
  const parsed = parseEndpoint(endpoint);
  return 'host' in parsed ? parsed.host : endpoint;
}
