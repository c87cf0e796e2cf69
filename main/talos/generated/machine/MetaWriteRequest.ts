// Original file: proto/machine/machine.proto


/**
 * Keys are 0 to 255.
 */
export interface MetaWriteRequest {
  'key'?: (number);
  'value'?: (Buffer | Uint8Array | string);
}

/**
 * Keys are 0 to 255.
 */
export interface MetaWriteRequest__Output {
  'key': (number);
  'value': (Buffer);
}
