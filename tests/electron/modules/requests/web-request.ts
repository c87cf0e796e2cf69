export interface RequestDetails {
  readonly id: string;
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
  readonly webContentsId: number;
  readonly referrer: string;
  readonly timestamp: number;
}

export interface RequestDecision {
  readonly cancel?: boolean;
  readonly redirectURL?: string;
}

type BeforeRequest = (details: RequestDetails, decide: (decision: RequestDecision) => void) => void;
interface Filter {
  readonly urls?: readonly string[];
}

/** `session.webRequest`: only onBeforeRequest is asked; the other steps are never reached and are refused. */
export class WebRequest {
  #before: { readonly patterns: readonly RegExp[]; readonly listener: BeforeRequest } | undefined;

  onBeforeRequest(filterOrListener: Filter | BeforeRequest | null, listener?: BeforeRequest | null): void {
    const filter = typeof filterOrListener === 'function' ? {} : (filterOrListener ?? {});
    const chosen = typeof filterOrListener === 'function' ? filterOrListener : listener;
    this.#before = chosen ? { listener: chosen, patterns: (filter.urls ?? []).map(toRegExp) } : undefined;
  }

  onHeadersReceived(): never {
    throw new Error('The stand-in does not have webRequest.onHeadersReceived: set headers in protocol.handle.');
  }

  onBeforeSendHeaders(): never {
    throw new Error('The stand-in does not have webRequest.onBeforeSendHeaders.');
  }

  standInDecide(details: RequestDetails): Promise<RequestDecision> {
    const before = this.#before;
    if (!before) return Promise.resolve({});
    if (before.patterns.length > 0 && !before.patterns.some((pattern) => pattern.test(details.url))) {
      return Promise.resolve({});
    }
    return new Promise((resolve) => {
      before.listener(details, resolve);
    });
  }
}

/** Chromium's match patterns: `<all_urls>`, `*://*\/*`, `app://*\/*`. */
const toRegExp = (pattern: string): RegExp =>
  pattern === '<all_urls>'
    ? /^/
    : new RegExp(
        `^${pattern
          .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
          .replace(/^\*:/, '[a-z]+:')
          .replace(/\*/g, '.*')}$`,
        'i',
      );
