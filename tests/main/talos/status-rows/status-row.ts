import type { status } from '@grpc/grpc-js';
import type { AskedCall } from '../../../../main/talos/status.ts';
import type { FailureCode, Retry } from '../../../../preload/contract/index.ts';

export const VERSION = '/machine.MachineService/Version';
export const REBOOT = '/machine.MachineService/Reboot';
export const READ = '/machine.MachineService/Read';
export const LOGS = '/machine.MachineService/Logs';
export const KUBECONFIG = '/machine.MachineService/Kubeconfig';
export const BOOTSTRAP = '/machine.MachineService/Bootstrap';
export const APPLY = '/machine.MachineService/ApplyConfiguration';
export const STATFS = '/machine.StorageService/Statfs';
export const RESOURCE = '/cosi.resource.State/Get';

export const dial = (cause: string): string =>
  `connection error: desc = "transport: Error while dialing: dial tcp 10.5.0.3:50000: ${cause}"`;
export const handshake = (cause: string): string =>
  `connection error: desc = "transport: authentication handshake failed: ${cause}"`;

/** What was seen, as which status, of which call, and what is told of it. */
export type StatusRow = readonly [
  what: string,
  code: status,
  text: string,
  site: Partial<AskedCall>,
  expected: readonly [FailureCode, Retry, string],
];
