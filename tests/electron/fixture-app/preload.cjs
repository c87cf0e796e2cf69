const { contextBridge, ipcRenderer, webUtils } = require('electron');

/** What happened while this preload ran, for the tests. */
const refused = [];
for (const name of ['node:fs', 'child_process', './other.js']) {
  try {
    require(name);
  } catch (error) {
    refused.push(error.message);
  }
}

contextBridge.exposeInMainWorld('bridge', {
  facts: { refused, type: process.type, sandboxed: process.sandboxed, list: [1, { deep: 'value' }] },
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  on: (channel, listener) => {
    const wrapped = (_event, ...args) => listener(...args);
    ipcRenderer.on(channel, wrapped);
    return () => ipcRenderer.off(channel, wrapped);
  },
  open: (name, onMessage, onClose) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => onMessage(data);
    port1.addEventListener('close', () => onClose());
    ipcRenderer.postMessage('open', { name }, [port2]);
    return { post: (message) => port1.postMessage(message), close: () => port1.close() };
  },
  onPort: (listener) => {
    ipcRenderer.on('port-from-main', (event, message) => {
      const [port] = event.ports;
      port.onmessage = ({ data }) => listener(message, data);
      port.postMessage('hello from the page');
    });
  },
  paths: (files) => files.map((file) => webUtils.getPathForFile(file)),
  shout: (text) => text.toUpperCase(),
  fail: () => {
    throw new TypeError('no good');
  },
  later: (value) => Promise.resolve(value),
  laterFail: () => Promise.reject(new Error('not later either')),
  call: (callback, ...args) => callback(...args),
  describe: (value) => Object.prototype.toString.call(value),
  same: (value) => value,
});
