/** What can be said about a certificate without its key. Times are epoch milliseconds. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** Organization values: Talos roles, sorted bytewise; unknown ones are kept. */
  readonly roles: readonly string[];
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string;
  readonly serial: string;
}

/** Days before the end of a certificate at which its user is warned, the furthest first. */
export const CERTIFICATE_WARNING_DAYS = [30, 14, 7, 1] as const;
