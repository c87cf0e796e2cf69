// Original file: proto/machine/machine.proto

import type { Long } from '@grpc/proto-loader';

export interface RestartEvent {
  /**
   * The command of the reboot system call.
   */
  'cmd'?: (number | string | Long);
}

export interface RestartEvent__Output {
  /**
   * The command of the reboot system call.
   */
  'cmd': (string);
}
