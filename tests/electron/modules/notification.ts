import { EventEmitter } from 'node:events';
import { recorded } from './runtime.ts';

interface NotificationOptions {
  readonly title?: string;
  readonly body?: string;
}

/** Noted down instead of shown. */
export class Notification extends EventEmitter {
  title: string;
  body: string;

  constructor({ title = '', body = '' }: NotificationOptions = {}) {
    super();
    this.title = title;
    this.body = body;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    recorded.notifications.push({ title: this.title, body: this.body });
    setImmediate(() => this.emit('show', {}));
  }

  close(): void {
    setImmediate(() => this.emit('close', {}));
  }
}
