import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, ipcMain, Menu, MessageChannelMain, net, protocol, session } from 'electron';

/** A small application that uses what the stand-in offers; the tests look into it with Playwright. */
const at = (path) => new URL(path, import.meta.url);
const seen = { order: ['evaluated'], navigations: [], windows: [], second: [], ports: [], senders: [] };
globalThis.seen = seen;

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
app.enableSandbox();

const first = app.requestSingleInstanceLock({ from: 'fixture' });
console.log(first ? 'first' : 'second');
if (!first) app.exit(0);

app.on('second-instance', (_event, argv, cwd, data) => seen.second.push({ argv, cwd, data }));
app.on('window-all-closed', () => app.quit());
app.on('web-contents-created', (_event, contents) => {
  contents.on('will-navigate', (event, url) => {
    seen.navigations.push(url);
    event.preventDefault();
  });
  contents.setWindowOpenHandler((details) => {
    seen.windows.push(details.url);
    return { action: 'deny' };
  });
});

ipcMain.handle('add', (_event, a, b) => a + b);
ipcMain.handle('echo', (_event, value) => value);
ipcMain.handle('boom', () => {
  throw new TypeError('no good');
});
ipcMain.handle('sender', (event) => {
  const { senderFrame } = event;
  return { url: senderFrame?.url, origin: senderFrame?.origin, isTop: senderFrame?.parent === null };
});
ipcMain.on('note', (event, value) => event.reply('noted', value));
ipcMain.on('keep-event', (event) => {
  seen.senders.push(event);
});
ipcMain.on('open', (event, { name }) => {
  const [port] = event.ports;
  seen.ports.push({ name, closed: false });
  const entry = seen.ports.at(-1);
  entry.port = port;
  port.on('message', ({ data }) => {
    if (data === 'close') port.close();
    else port.postMessage({ name, got: data });
  });
  port.on('close', () => {
    entry.closed = true;
  });
  port.start();
});

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; require-trusted-types-for 'script'; trusted-types fixture",
};

app.whenReady().then(async () => {
  seen.order.push('ready');
  const own = session.defaultSession;
  own.protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    if (host !== 'minos' || pathname.includes('..')) return new Response('no', { status: 404 });
    const file = await net.fetch(at(`./page${pathname}`).href);
    const headers = { 'content-type': file.headers.get('content-type'), ...HEADERS };
    return new Response(file.body, { headers });
  });
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !details.url.startsWith('app://minos/') }));
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: 'File', submenu: [{ id: 'quit', role: 'quit' }] }]));
  const window = new BrowserWindow({
    width: 900,
    height: 620,
    show: false,
    title: 'Before',
    webPreferences: { preload: fileURLToPath(at('./preload.cjs')), session: own, additionalArguments: ['--mark'] },
  });
  window.once('ready-to-show', () => {
    seen.order.push('ready-to-show');
    window.show();
  });
  globalThis.sendPort = () => {
    const { port1, port2 } = new MessageChannelMain();
    port1.on('message', ({ data }) => seen.order.push(data));
    port1.start();
    window.webContents.postMessage('port-from-main', 'subject', [port2]);
    port1.postMessage('first');
  };
  await window.loadURL('app://minos/index.html?a=1#b');
  seen.order.push('loaded');
});
seen.order.push('end of module');
