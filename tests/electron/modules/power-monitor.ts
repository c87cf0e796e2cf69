import type { PowerSaveBlocker } from 'electron';
import { EventEmitter } from 'node:events';

/** `powerMonitor`: never sleeps by itself; tests emit `suspend` and `resume`. */
class PowerMonitor extends EventEmitter {
  readonly onBatteryPower = false;

  getSystemIdleState(): string {
    return 'active';
  }

  getSystemIdleTime(): number {
    return 0;
  }

  getCurrentThermalState(): string {
    return 'nominal';
  }

  isOnBatteryPower(): boolean {
    return false;
  }
}

export const powerMonitor = new PowerMonitor();

const blockers = new Set<number>();
let lastBlocker = 0;

export const powerSaveBlocker = {
  start: (): number => {
    blockers.add(++lastBlocker);
    return lastBlocker;
  },
  stop: (id: number): boolean => blockers.delete(id),
  isStarted: (id: number): boolean => blockers.has(id),
} satisfies PowerSaveBlocker;
