import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type MessagePortMain } from 'electron';
import { CHANNEL } from '../../preload/contract/index.ts';
import { servedFor } from './asking-window.ts';
import type { CallServer } from './serve-calls.ts';
import type { DropServer } from './serve-drops.ts';
import type { PortServer, ServerPort } from './serve-ports.ts';
import type { SenderEvent } from './trusted-sender.ts';

/** Whatever serves the preload. */
export interface IpcServers {
  readonly calls: CallServer;
  readonly ports: PortServer;
  readonly drops: DropServer;
}

const senderOf = (event: IpcMainEvent | IpcMainInvokeEvent): SenderEvent => ({
  senderFrame: event.senderFrame,
  sender: event.sender,
});

const serverPort = (port: MessagePortMain): ServerPort => port;

/** Connects the servers to Electron. The only place that says `ipcMain`. */
export function registerIpc({ calls, ports, drops }: IpcServers): void {
  ipcMain.handle(CHANNEL.call, (event, id: unknown, name: unknown, input: unknown) =>
    servedFor(event.sender.id, () => calls.serve(senderOf(event), id, name, input)),
  );
  ipcMain.on(CHANNEL.cancel, (event, id: unknown) => {
    calls.cancel(senderOf(event), id);
  });
  ipcMain.handle(CHANNEL.drop, (event, paths: unknown) => drops.serve(senderOf(event), paths));
  ipcMain.on(CHANNEL.open, (event, request: unknown) => {
    const [port, ...others] = event.ports;
    // The preload sends one; nobody would ever close the others.
    for (const other of others) other.close();
    if (port === undefined) return;
    servedFor(event.sender.id, () => {
      ports.serve(senderOf(event), request, serverPort(port));
    });
  });
}
