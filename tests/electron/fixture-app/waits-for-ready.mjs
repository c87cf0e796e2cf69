import { app } from 'electron';

// What must not be written: Electron waits for the end of this module, and this module waits for Electron.
await app.whenReady();
console.log('never written');
