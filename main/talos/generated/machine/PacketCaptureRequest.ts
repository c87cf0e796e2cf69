// Original file: proto/machine/machine.proto

import type { BPFInstruction as _machine_BPFInstruction, BPFInstruction__Output as _machine_BPFInstruction__Output } from '../machine/BPFInstruction.ts';

/**
 * What to capture. Filters are compiled by the caller.
 */
export interface PacketCaptureRequest {
  'interface'?: (string);
  'promiscuous'?: (boolean);
  /**
   * Bytes of each packet.
   */
  'snap_len'?: (number);
  'bpf_filter'?: (_machine_BPFInstruction)[];
}

/**
 * What to capture. Filters are compiled by the caller.
 */
export interface PacketCaptureRequest__Output {
  'interface': (string);
  'promiscuous': (boolean);
  /**
   * Bytes of each packet.
   */
  'snap_len': (number);
  'bpf_filter': (_machine_BPFInstruction__Output)[];
}
