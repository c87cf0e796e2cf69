import type { DesktopRequest } from '../../preload/contract/index.ts';
import { assertNever } from '../lib/assert-never.ts';
import { actionOf, appliesTo, type Action } from '../state/action.ts';
import type { Session } from '../state/context.ts';
import { visit } from './visit.ts';

/** Does what the user asks for outside the page (menu, notification, opened file), until the signal aborts. */
export async function followDesktop(session: Session, actions: readonly Action[], signal: AbortSignal): Promise<void> {
  try {
    for await (const { items } of session.client.open('desktop', {}, { signal })) {
      for (const request of items) act(session, actions, request);
    }
  } catch {
    session.notices.say('This window no longer hears the menu. Start Minos again to use it.', 'bad');
  }
}

function act(session: Session, actions: readonly Action[], request: DesktopRequest): void {
  switch (request.kind) {
    case 'act': {
      const action = actionOf(actions, request.action);
      if (action && isMeant(action, session)) action.run(session);
      return;
    }
    case 'look-at-files':
      void session.imports.look(request.token);
      return;
    case 'show-context':
      showContext(session, request.context);
      return;
    case 'visit':
      void visit(session, request.place);
      return;
    case 'strange-link':
      session.notices.say('A link to Minos could not be read. Nothing was done.', 'bad');
      return;
    default:
      assertNever(request);
  }
}

/** What needs the frame would wait there until it is drawn, and then come by itself. */
function isMeant(action: Action, session: Session): boolean {
  const config = session.topics.config.current;
  const hasFrame = config?.status === 'ready' && config.contexts.length > 0;
  return (hasFrame || action.isForFirstPage === true) && appliesTo(action, session);
}

/** What was inspected is closed when the screen changes, so the screen comes first. */
function showContext({ view }: Session, context: string): void {
  const inspect = (): void => view.inspect('context', context);
  if (window.location.hash === CONTEXTS) return inspect();
  const onChange = ({ newURL }: HashChangeEvent): void => {
    // One that was on its way before leads elsewhere.
    if (!newURL.endsWith(CONTEXTS)) return;
    window.removeEventListener('hashchange', onChange);
    // After everyone else has heard of it, also a frame that was drawn only now.
    setTimeout(inspect);
  };
  window.addEventListener('hashchange', onChange);
  window.location.hash = CONTEXTS;
}

const CONTEXTS = '#/contexts';
