import { EventEmitter } from 'node:events';
import { recorded } from './runtime.ts';

interface NotificationOptions {
  readonly title?: string;
  readonly body?: string;
}

/** Noted down instead of shown; `standIn.notifications` is what a test reads, and clicks. They fail where a test says so. */
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
    const { title, body } = this;
    const error = recorded.notificationsFail;
    if (error !== '') {
      setImmediate(() => this.emit('failed', {}, error));
      return;
    }
    recorded.notifications.push({ title, body, click: () => void this.emit('click', {}) });
    setImmediate(() => this.emit('show', {}));
  }

  close(): void {
    setImmediate(() => this.emit('close', {}));
  }
}
