import type { Chromium } from './chromium.ts';
import type { Protocol, Session } from './devtools.ts';
import { type Context, FrameTree } from './frame-tree.ts';

/** A request of the page, waiting for an answer. */
export type PausedRequest = Protocol.Fetch.requestPausedPayload;

export type RequestAnswer =
  | { readonly action: 'continue' }
  | { readonly action: 'fail'; readonly reason: Protocol.Network.ErrorReason }
  | {
      readonly action: 'fulfill';
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: Buffer;
    };

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

export interface PageOptions {
  readonly size: PageSize;
  /** Undefined: the default one. */
  readonly browserContextId?: string | undefined;
  readonly isolatedWorld: string;
  readonly binding: string;
  readonly scripts: { readonly page: string; readonly isolated: string };
  /** Text that the isolated world sent, with the context it came from. */
  onMessage(text: string, context: Context): void;
  onRequest(request: PausedRequest, page: Page): Promise<RequestAnswer>;
}

/** One page target of Chromium: its frames, its network and the two scripts that run before its own. */
export class Page {
  readonly targetId: string;
  readonly session: Session;
  readonly frames: FrameTree;
  readonly #chromium: Chromium;

  private constructor(chromium: Chromium, targetId: string, session: Session, isolatedWorld: string) {
    this.#chromium = chromium;
    this.targetId = targetId;
    this.session = session;
    this.frames = new FrameTree(session, targetId, isolatedWorld);
  }

  static async open(chromium: Chromium, options: PageOptions): Promise<Page> {
    const targetId = await chromium.openPage(options.size, options.browserContextId);
    const { sessionId } = await chromium.devTools.browser.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(chromium, targetId, chromium.devTools.session(sessionId), options.isolatedWorld);
    await page.#prepare(options);
    return page;
  }

  async #prepare({ isolatedWorld, binding, scripts, onMessage, onRequest }: PageOptions): Promise<void> {
    const { session } = this;
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const context = this.frames.context(executionContextId);
      if (name === binding && context?.isolated) onMessage(payload, context);
    });
    session.on('Fetch.requestPaused', (request) => {
      void this.#answer(request, onRequest);
    });
    session.on('Debugger.paused', ({ callFrames }) => {
      void this.#answerPath(callFrames[0]);
    });
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('DOM.enable'),
      session.send('Debugger.enable'),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      session.send('Runtime.addBinding', { name: binding, executionContextName: isolatedWorld }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.isolated, worldName: isolatedWorld }),
    ]);
  }

  /** Gives text to the isolated world of the main frame. Dropped while there is none, as Electron does. */
  deliver(text: string, context = this.frames.mainIsolatedContext()): void {
    if (!context) return;
    this.session.tell('Runtime.callFunctionOn', {
      functionDeclaration: 'function (text) { globalThis.__standInDeliver(text); }',
      executionContextId: context.id,
      arguments: [{ value: text }],
      silent: true,
    });
  }

  /** Navigates and answers with Chromium's error text, if any. */
  async navigate(url: string): Promise<string | undefined> {
    const { errorText } = await this.session.send('Page.navigate', { url });
    return errorText;
  }

  async evaluate(expression: string, userGesture: boolean): Promise<unknown> {
    const { result, exceptionDetails } = await this.session.send('Runtime.evaluate', {
      expression,
      userGesture,
      awaitPromise: true,
      returnByValue: true,
      replMode: false,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async screenshot(): Promise<Buffer> {
    const { data } = await this.session.send('Page.captureScreenshot', { format: 'png' });
    return Buffer.from(data, 'base64');
  }

  windowBounds(): Promise<Protocol.Browser.getWindowForTargetReturnValue> {
    return this.#chromium.devTools.browser.send('Browser.getWindowForTarget', { targetId: this.targetId });
  }

  async setWindowBounds(windowId: number, bounds: Protocol.Browser.Bounds): Promise<void> {
    await this.#chromium.devTools.browser.send('Browser.setWindowBounds', { windowId, bounds });
  }

  async innerHeight(): Promise<number> {
    const { cssVisualViewport } = await this.session.send('Page.getLayoutMetrics');
    return cssVisualViewport.clientHeight;
  }

  close(): void {
    this.#chromium.devTools.browser.tell('Target.closeTarget', { targetId: this.targetId });
  }

  async #answer(request: PausedRequest, decide: PageOptions['onRequest']): Promise<void> {
    const { requestId } = request;
    const answer = await decide(request, this).catch((error: unknown): RequestAnswer => {
      console.error(`${request.request.url}:`, error);
      return { action: 'fail', reason: 'Failed' };
    });
    switch (answer.action) {
      case 'continue':
        this.session.tell('Fetch.continueRequest', { requestId });
        return;
      case 'fail':
        this.session.tell('Fetch.failRequest', { requestId, errorReason: answer.reason });
        return;
      case 'fulfill':
        this.session.tell('Fetch.fulfillRequest', {
          requestId,
          responseCode: answer.status,
          responseHeaders: answer.headers.map(([name, value]) => ({ name, value })),
          body: answer.body.toString('base64'),
        });
    }
  }

  /** The isolated world's `getPathForFile` has stopped in the debugger: tell it the path and let it go on. */
  async #answerPath(frame: Protocol.Debugger.CallFrame | undefined): Promise<void> {
    try {
      if (frame?.functionName !== 'standInPathOfFile') return;
      const { callFrameId } = frame;
      const evaluate = (expression: string): Promise<Protocol.Debugger.evaluateOnCallFrameReturnValue> =>
        this.session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression });
      const { objectId } = (await evaluate('file')).result;
      if (objectId === undefined) return;
      const { path } = await this.session.send('DOM.getFileInfo', { objectId });
      await evaluate(`path = ${JSON.stringify(path)}`);
    } catch {
      // Not a file on disk, or the page is gone: the path stays empty.
    } finally {
      this.session.tell('Debugger.resume');
    }
  }
}
