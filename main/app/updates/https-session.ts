import { session, type Session } from 'electron';

/** Name of the library's own session: what it fetches goes through that one. */
const LIBRARY_PARTITION = 'electron-updater';

/** True for an address in a folder, or below it, of the same https origin. */
export function isBelow(url: string, folder: string): boolean {
  const [asked, allowed] = [URL.parse(url), URL.parse(folder)];
  if (
    asked === null ||
    allowed === null ||
    asked.protocol !== 'https:' ||
    asked.username !== '' ||
    asked.password !== ''
  )
    return false;
  return asked.origin === allowed.origin && asked.pathname.startsWith(allowed.pathname);
}

/** True for an answer whose body may be read: no redirect. */
export const isDirect = (status: number): boolean => status < 300 || status >= 400;

/** What a build asks through. */
interface UpdateSessions {
  readonly folder: string;
  readonly questions: Session;
}

/** A build has one folder. */
let made: UpdateSessions | undefined;

/**
 * Two sessions in memory, for questions and for what is fetched: nobody's cookies and sign-ins, and nothing but the folder of the build can be
 * asked, wherever an answer leads. Chromium finds no other host (`start-rules.ts`), so a proxy of the system is not reached.
 */
export function updateSessions(folder: string): UpdateSessions {
  if (made?.folder === folder) return made;
  const questions = session.fromPartition('minos-updates', { cache: false });
  const library = session.fromPartition(LIBRARY_PARTITION, { cache: false });
  for (const each of [questions, library]) {
    each.setUserAgent('Minos');
    each.webRequest.onBeforeRequest((details, answer) => {
      answer({ cancel: !isBelow(details.url, folder) });
    });
  }
  library.webRequest.onHeadersReceived(({ statusCode }, answer) => {
    answer({ cancel: !isDirect(statusCode) });
  });
  made = { folder, questions };
  return made;
}

/** The head and the body of an answer. */
export interface Answered {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Asks one address; a redirect is told by its status and not followed. Rejects when there is no answer. */
export async function ask(questions: Session, url: string, signal: AbortSignal): Promise<Answered> {
  try {
    const asking = { redirect: 'error', credentials: 'omit', cache: 'no-store', signal } as const;
    const { status, body } = await questions.fetch(url, asking);
    return { status, body: body ?? nothing() };
  } catch (error) {
    // Electron says it in words alone.
    if (error instanceof Error && /redirect/i.test(error.message)) return { status: 302, body: nothing() };
    throw error;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  yield* await Promise.resolve([]);
}
