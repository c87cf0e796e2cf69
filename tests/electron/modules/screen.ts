import { EventEmitter } from 'node:events';

const AREA = { x: 0, y: 0, width: 1920, height: 1080 };
const DISPLAY = {
  id: 1,
  label: 'stand-in',
  bounds: AREA,
  workArea: AREA,
  size: { width: AREA.width, height: AREA.height },
  workAreaSize: { width: AREA.width, height: AREA.height },
  scaleFactor: 1,
  rotation: 0,
  internal: true,
};

/** One display of fixed size. */
class Screen extends EventEmitter {
  getPrimaryDisplay(): typeof DISPLAY {
    return DISPLAY;
  }

  getAllDisplays(): (typeof DISPLAY)[] {
    return [DISPLAY];
  }

  getDisplayMatching(): typeof DISPLAY {
    return DISPLAY;
  }

  getDisplayNearestPoint(): typeof DISPLAY {
    return DISPLAY;
  }

  getCursorScreenPoint(): { readonly x: number; readonly y: number } {
    return { x: 0, y: 0 };
  }
}

export const screen = new Screen();
