/** Something wrong with a file or a context that was found by reading it. */
export interface Problem {
  /** `info`: nothing is wrong. */
  readonly severity: 'error' | 'warning' | 'info';
  /** One sentence. */
  readonly message: string;
  readonly hint?: string;
  readonly field?: string;
  readonly line?: number;
  readonly column?: number;
}
