import type { PausedRequest, RequestAnswer } from '../../chromium/page.ts';
import { fromChromium, isStandardScheme, toChromium } from '../addresses.ts';
import type { Session } from './session.ts';

/** Electron's names of resource types, from DevTools's. */
const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  Media: 'media',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
};

/** The session decides about a request: `webRequest.onBeforeRequest` first, then whoever serves its scheme. */
export async function answerRequest(
  paused: PausedRequest,
  session: Session,
  contentsId: number,
): Promise<RequestAnswer> {
  const { request, networkId, requestId, resourceType } = paused;
  const url = fromChromium(request.url);
  // A browser's own wish; Electron never asks for it.
  if (resourceType === 'Other' && url.endsWith('/favicon.ico')) return { action: 'fail', reason: 'Aborted' };
  const decision = await session.webRequest.standInDecide({
    id: networkId ?? requestId,
    url,
    method: request.method,
    resourceType: RESOURCE_TYPES[resourceType] ?? 'other',
    webContentsId: contentsId,
    referrer: fromChromium(request.headers['Referer'] ?? ''),
    timestamp: Date.now(),
  });
  if (decision.cancel) return { action: 'fail', reason: 'BlockedByClient' };
  if (decision.redirectURL !== undefined) {
    return redirect(decision.redirectURL);
  }
  if (!isStandardScheme(url.slice(0, url.indexOf(':')))) return { action: 'continue' };
  const body = bodyOf(paused);
  const served = await session.protocol.standInServe(url, {
    method: request.method,
    headers: request.headers,
    ...(body ? { body } : {}),
  });
  return served ? { action: 'fulfill', ...served } : { action: 'fail', reason: 'AddressUnreachable' };
}

const redirect = (url: string): RequestAnswer => ({
  action: 'fulfill',
  status: 307,
  headers: [['Location', toChromium(url)]],
  body: Buffer.alloc(0),
});

const bodyOf = ({ request }: PausedRequest): Buffer<ArrayBuffer> | undefined => {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const parts = (request.postDataEntries ?? []).map(({ bytes }) => Buffer.from(bytes ?? '', 'base64'));
  return Buffer.concat(parts);
};
