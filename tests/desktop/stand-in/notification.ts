import { EventEmitter } from 'node:events';
import type { Notification, NotificationConstructorOptions } from 'electron';
import { needReady, state } from './state.ts';

export class StandInNotification extends EventEmitter implements Pick<Notification, 'show'> {
  constructor(options: NotificationConstructorOptions = {}) {
    super();
    needReady('new Notification');
    state.notificationOptions.push(options);
  }

  static isSupported(): boolean {
    return state.notificationsSupported;
  }

  show(): void {
    this.emit('show', {});
  }
}
