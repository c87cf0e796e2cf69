import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { appUrl, expect, test, type RunningApp } from './support/fixture.ts';
import { ListeningPost } from './support/listening-post.ts';

/** What a hostile script in our page would try, and that nothing comes of it (docs/adr/0010, SECURITY.md). */

/** The page is going to break its policy; that must not fail the test, but must be seen. */
const violationsOf = (running: RunningApp): readonly string[] =>
  running.problems.splice(0).filter((problem) => problem.startsWith('Policy violation'));

/** A later answer of main, after a pause: whatever was going to happen has happened. */
const roundTrip = (running: RunningApp): Promise<unknown> =>
  running.app.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));

test.describe('code', () => {
  test('that is text is refused: trusted types are required', async ({ launch }) => {
    const running = await launch({ args: ['--demo'] });

    const errors = await running.page.evaluate(() => {
      const attempt = (run: () => unknown): string => {
        try {
          run();
          return 'allowed';
        } catch (error) {
          return (error as Error).name;
        }
      };
      const element = document.createElement('div');
      const script = document.createElement('script');
      return {
        innerHtml: attempt(() => (element.innerHTML = '<b>x</b>')),
        outerHtml: attempt(() => (element.outerHTML = '<b>x</b>')),
        adjacent: attempt(() => {
          element.insertAdjacentHTML('beforeend', '<b>x</b>');
        }),
        write: attempt(() => {
          document.write('<b>x</b>');
        }),
        parser: attempt(() => new DOMParser().parseFromString('<b>x</b>', 'text/html')),
        script: attempt(() => (script.text = '1')),
        source: attempt(() => (script.src = 'https://example.com/x.js')),
        policy: attempt(() =>
          (
            globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
          ).trustedTypes.createPolicy('mine', {}),
        ),
      };
    });

    expect(new Set(Object.values(errors))).toEqual(new Set(['TypeError']));
    expect(violationsOf(running).length).toBeGreaterThan(0);
  });

  test('that is evaluated, inline, or from elsewhere does not run', async ({ launch }) => {
    const running = await launch({ args: ['--demo'] });

    const ran = await running.page.evaluate(async () => {
      const global = globalThis as unknown as Record<string, unknown>;
      const attempt = (run: () => unknown): void => {
        try {
          run();
        } catch {
          // Refused is what we want; whether it ran is looked at below.
        }
      };
      const ended = (target: HTMLElement): Promise<unknown> =>
        new Promise((resolve) => {
          target.addEventListener('load', resolve);
          target.addEventListener('error', resolve);
          setTimeout(resolve, 1000);
        });
      // The debugger lifts the rule against eval while it evaluates; a hostile script runs after that.
      await new Promise((resolve) => setTimeout(resolve, 0));
      const text = (name: string): string => `globalThis.${name} = true`;
      /* eslint-disable @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- it is what is refused */
      attempt(() => (0, eval)(text('ranEval')) as unknown);
      attempt(() => Function(text('ranFunction'))() as unknown);
      attempt(() => setTimeout(text('ranTimer'), 0));
      /* eslint-enable */
      const button = document.createElement('button');
      attempt(() => {
        button.setAttribute('onclick', 'globalThis.ranHandler = true');
        document.body.append(button);
        button.click();
      });
      // Without trusted types' help: the policy alone must refuse what a bug of Svelte might let through.
      const inline = document.createElementNS('http://www.w3.org/2000/svg', 'script');
      inline.append('globalThis.ranInline = true');
      attempt(() => {
        document.body.append(inline);
      });
      const link = document.createElement('a');
      attempt(() => {
        link.href = 'javascript:void (globalThis.ranLink = true)';
        document.body.append(link);
        link.click();
      });
      const blob = URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }));
      attempt(() => {
        const worker = new Worker(blob);
        worker.onmessage = () => {
          global['ranWorker'] = true;
        };
      });
      attempt(() => import(/* @vite-ignore */ blob));
      const frame = document.createElement('iframe');
      const loaded = ended(frame);
      attempt(() => {
        frame.setAttribute('srcdoc', '<script>parent.ranFrame = true</scr' + 'ipt>');
        document.body.append(frame);
      });
      await loaded;
      return Object.keys(global).filter((name) => name.startsWith('ran'));
    });

    expect(ran).toEqual([]);
    expect(violationsOf(running).length).toBeGreaterThan(0);
  });
});

test('no request leaves the page, by any of its ways', async ({ launch }) => {
  await using post = await ListeningPost.open();
  const running = await launch({ args: ['--demo'] });

  const outcomes = await running.page.evaluate(async (host) => {
    const settled = (run: () => Promise<unknown>): Promise<string> =>
      Promise.race([
        Promise.resolve()
          .then(run)
          .then(
            () => 'answered',
            () => 'refused',
          ),
        new Promise<string>((resolve) => setTimeout(resolve, 5000, 'silent')),
      ]);
    const element = (tag: string, set: Readonly<Record<string, string>>): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const made = document.createElement(tag);
        made.addEventListener('load', resolve);
        made.addEventListener('error', reject);
        for (const [name, value] of Object.entries(set)) made.setAttribute(name, value);
        document.head.append(made);
        if (tag === 'link' && /^(dns|pre)/.test(set['rel'] ?? '')) setTimeout(reject, 300);
      });
    const http = `http://${host}/x`;
    return {
      fetch: await settled(() => fetch(http, { mode: 'no-cors' })),
      xhr: await settled(
        () =>
          new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            request.onload = resolve;
            request.onerror = reject;
            request.open('GET', http);
            request.send();
          }),
      ),
      webSocket: await settled(
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(`ws://${host}/`);
            socket.onopen = resolve;
            socket.onerror = reject;
          }),
      ),
      events: await settled(
        () =>
          new Promise((resolve, reject) => {
            const source = new EventSource(http);
            source.onopen = resolve;
            source.onerror = reject;
          }),
      ),
      beacon: await settled(() =>
        navigator.sendBeacon(http, 'x') ? new Promise((_, no) => setTimeout(no, 300)) : Promise.reject(new Error()),
      ),
      image: await settled(() => element('img', { src: http })),
      video: await settled(() => element('video', { src: http })),
      style: await settled(() => element('link', { rel: 'stylesheet', href: http })),
      prefetch: await settled(() => element('link', { rel: 'prefetch', href: http })),
      preload: await settled(() => element('link', { rel: 'preload', as: 'image', href: http })),
      preconnect: await settled(() => element('link', { rel: 'preconnect', href: `http://${host}` })),
      frame: await settled(
        () =>
          new Promise((resolve, reject) => {
            const frame = document.createElement('iframe');
            frame.src = http;
            // A refused frame loads an empty error page; what counts is that nobody was asked.
            frame.onload = reject;
            document.body.append(frame);
          }),
      ),
      font: await settled(() => new FontFace('x', `url(${http})`).load()),
    };
  }, `127.0.0.1:${post.port}`);

  expect(outcomes).toEqual(Object.fromEntries(Object.keys(outcomes).map((way) => [way, 'refused'])));
  expect(post.visits).toEqual([]);
  // The page's policy refuses before the session and Chromium's empty list of hosts would.
  const named = violationsOf(running).map((problem) => /directive: "([a-z-]+)/.exec(problem)?.[1]);
  expect([...new Set(named)].sort()).toEqual([
    'connect-src',
    'default-src',
    'font-src',
    'frame-src',
    'img-src',
    'style-src',
  ]);
});

test('no packet leaves the page by WebRTC, which no policy of the page covers', async ({ launch }) => {
  await using post = await ListeningPost.open();
  const running = await launch({ args: ['--demo'] });

  const gathered = await running.page.evaluate(async (host) => {
    const servers = [`stun:${host}`, `turn:${host}?transport=udp`, `turn:${host}?transport=tcp`];
    // Also from an empty frame, where the page's own globals cannot have been taken away.
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const makers = [RTCPeerConnection, (frame.contentWindow as unknown as typeof globalThis).RTCPeerConnection];
    return Promise.all(
      makers.map(async (Connection) => {
        const iceServers = servers.map((urls) => ({ urls, username: 'leak', credential: 'leak' }));
        const connection = new Connection({ iceServers });
        const candidates: string[] = [];
        connection.onicecandidate = ({ candidate }) => {
          if (candidate !== null && candidate.candidate !== '') candidates.push(candidate.candidate);
        };
        connection.createDataChannel('x');
        const complete = new Promise<void>((resolve) => {
          connection.onicegatheringstatechange = () => {
            if (connection.iceGatheringState === 'complete') resolve();
          };
          setTimeout(resolve, 10_000);
        });
        await connection.setLocalDescription(await connection.createOffer());
        await complete;
        connection.close();
        return candidates;
      }),
    );
  }, `127.0.0.1:${post.port}`);

  expect(gathered).toEqual([[], []]);
  expect(post.visits).toEqual([]);
});

test('Chromium finds no host and sends no UDP', async ({ launch }) => {
  const { app } = await launch({ args: ['--demo'] });

  const set = await app.evaluate(({ app, BrowserWindow }) => ({
    hosts: app.commandLine.getSwitchValue('host-resolver-rules'),
    webRtc: app.commandLine.getSwitchValue('webrtc-ip-handling-policy'),
    ofWindow: BrowserWindow.getAllWindows()[0]?.webContents.getWebRTCIPHandlingPolicy(),
  }));

  expect(set).toEqual({
    hosts: 'MAP * ~NOTFOUND',
    webRtc: 'disable_non_proxied_udp',
    ofWindow: 'disable_non_proxied_udp',
  });
});

test('the window stays where it is and opens no other', async ({ launch, home }) => {
  const page404 = join(home, 'hostile.html');
  writeFileSync(page404, '<title>hostile</title>');
  const running = await launch({ args: ['--demo'] });
  const { page, app } = running;

  for (const url of [
    'https://example.com/',
    'http://127.0.0.1:9/',
    pathToFileURL(page404).href,
    'data:text/html,<title>hostile</title>',
    `${appUrl('other.html')}`,
  ]) {
    await page.evaluate((to) => {
      location.assign(to);
    }, url);
    await page.evaluate((to) => {
      const link = document.createElement('a');
      link.href = to;
      link.target = '_blank';
      document.body.append(link);
      link.click();
      window.open(to, '_blank');
    }, url);
    await roundTrip(running);
  }
  await page.evaluate(() => {
    const form = document.createElement('form');
    form.action = 'https://example.com/';
    document.body.append(form);
    form.submit();
    const meta = document.createElement('meta');
    meta.httpEquiv = 'refresh';
    meta.content = '0;url=https://example.com/';
    document.head.append(meta);
    const webview = document.createElement('webview');
    webview.setAttribute('src', 'https://example.com/');
    document.body.append(webview);
  });
  await roundTrip(running);

  const title = 'Overview · demo (simulated) · Minos';
  expect(await page.evaluate(() => [location.href, document.title])).toEqual([appUrl(), title]);
  expect(app.windows()).toHaveLength(1);
  violationsOf(running);
});

test('every permission is denied', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });

  const answers = await page.evaluate(async () => {
    const errorOf = async (run: () => Promise<unknown>): Promise<string> => {
      try {
        return `allowed: ${String(await run())}`;
      } catch (error) {
        return (error as Error).name;
      }
    };
    const states = await Promise.all(
      ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'].map(
        async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      ),
    );
    return {
      states: [...new Set(states)],
      clipboard: await errorOf(() => navigator.clipboard.readText()),
      notification: await Notification.requestPermission(),
      geolocation: await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => {
            resolve('allowed');
          },
          (error) => {
            resolve(error.code);
          },
        );
      }),
    };
  });

  expect(answers).toEqual({
    states: ['denied'],
    clipboard: 'NotAllowedError',
    notification: 'denied',
    // PERMISSION_DENIED
    geolocation: 1,
  });
});

test('a hostile page can neither stop main nor see its errors', async ({ launch }) => {
  const running = await launch({ args: ['--demo'] });

  const codes = await running.page.evaluate(async () => {
    const { minos } = globalThis as unknown as {
      minos: {
        call(id: unknown, name: unknown, input: unknown): Promise<{ ok: boolean; failure?: { code: string } }>;
        cancel(id: unknown): void;
        drop(files: unknown): Promise<{ ok: boolean; failure?: { code: string } }>;
      };
    };
    const untellable = { toString: 1, valueOf: 1 };
    minos.cancel(untellable);
    minos.cancel(null);
    const outcomes = [
      await minos.call(untellable, untellable, untellable),
      await minos.call(1, 'app.info', untellable),
      await minos.drop([{ path: '/etc/passwd' }]),
      await minos.call(2, 'app.info', {}),
    ];
    return outcomes.map(({ ok, failure }) => failure?.code ?? ok);
  });

  expect(codes).toEqual(['refused', 'invalid', 'invalid', true]);
  expect(running.stderr).not.toContain('Uncaught');
});
