// Original file: proto/machine/machine.proto


/**
 * One instruction of the classic Berkeley Packet Filter.
 */
export interface BPFInstruction {
  'op'?: (number);
  'jt'?: (number);
  'jf'?: (number);
  'k'?: (number);
}

/**
 * One instruction of the classic Berkeley Packet Filter.
 */
export interface BPFInstruction__Output {
  'op': (number);
  'jt': (number);
  'jf': (number);
  'k': (number);
}
