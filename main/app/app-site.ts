import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts';

/** A page of the app, on an origin of its own: `app://HOST`. */
export interface AppSite {
  readonly host: string;
  /** The file of the built page. */
  readonly page: string;
  /** Content-Security-Policy of every answer. */
  readonly policy: string;
}

/** The window people work in. */
export const MINOS_SITE: AppSite = { host: 'minos', page: 'index.html', policy: CONTENT_SECURITY_POLICY };

/** The window that asks for confirmations. Its page makes no markup from text at all. */
export const CONFIRM_SITE: AppSite = {
  host: 'confirm',
  page: 'confirm.html',
  policy: [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
};
