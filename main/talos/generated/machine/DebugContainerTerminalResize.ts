// Original file: proto/machine/debug.proto


/**
 * The size of the terminal in characters.
 */
export interface DebugContainerTerminalResize {
  'width'?: (number);
  'height'?: (number);
}

/**
 * The size of the terminal in characters.
 */
export interface DebugContainerTerminalResize__Output {
  'width': (number);
  'height': (number);
}
