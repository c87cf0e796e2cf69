// Original file: proto/common/common.proto


/**
 * An address in network byte order: 4 or 16 bytes.
 */
export interface NetIP {
  'ip'?: (Buffer | Uint8Array | string);
}

/**
 * An address in network byte order: 4 or 16 bytes.
 */
export interface NetIP__Output {
  'ip': (Buffer);
}
