import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { MINOS_SITE, type AppSite } from './app-site.ts';

/** The page's own scheme: no `file://`, no remote content. */
export const APP_SCHEME = 'app';
/** The address of a site's page. */
export const pageUrl = ({ host, page }: AppSite): string => `${APP_SCHEME}://${host}/${page}`;

/** Address of the page. */
export const APP_URL = pageUrl(MINOS_SITE);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

const headersOf = ({ policy }: AppSite) => ({
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
});

/** The file of a URL, or undefined when it is none of the site, or points outside `root`. */
export function siteFile(root: string, url: string, { host, page }: AppSite = MINOS_SITE): string | undefined {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== `${APP_SCHEME}:` || parsed.host !== host) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(parsed.pathname);
  } catch {
    return undefined; // A malformed percent escape names no file.
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const file = normalize(join(root, path === '/' ? page : path));
  // Of the pages a site serves its own alone.
  if (extname(file) === '.html' && file !== join(root, page)) return undefined;
  return file.startsWith(root + sep) ? file : undefined;
}

/** Answers a page's requests from the folder of the built pages, with the site's policy as a header on every answer. */
export async function answerAppRequest(
  root: string,
  request: { url: string; method: string },
  site: AppSite = MINOS_SITE,
): Promise<Response> {
  const headers = headersOf(site);
  const file = request.method === 'GET' ? siteFile(root, request.url, site) : undefined;
  const type = file === undefined ? undefined : TYPES[extname(file)];
  if (file === undefined || type === undefined) return new Response('Not found', { status: 404, headers });
  try {
    return new Response(await readFile(file), { headers: { ...headers, 'content-type': type } });
  } catch {
    return new Response('Not found', { status: 404, headers }); // Missing files and folders look the same.
  }
}
