import type { PowerState } from '../../../preload/contract/index.ts';
import { formatTime } from '../../lib/format.ts';

/** By which certificate a context is read, in a sentence; empty where that is no matter. */
export function powerWords({ mode, untilMs }: PowerState): string {
  const until = untilMs === undefined ? '' : ` until ${formatTime(untilMs).slice(0, 5)}`;
  switch (mode) {
    case 'off':
      return '';
    case 'making':
      return 'Reads wait for a certificate of os:reader.';
    case 'switching':
      return 'New reads go by os:reader; some that began before still go by the certificate of the file.';
    case 'reader':
      return `Reads with os:reader${until}.`;
    case 'lifted':
      return `Reads with the certificate of the file${until === '' ? ' until the deed is over' : until}, then with os:reader again.`;
    case 'unknown':
      return 'Whether least power is on cannot be read in the settings: reads with the certificate of the file. Switch it on here, or read the log.';
    case 'failed':
      return 'No certificate of os:reader: reads with that of the file.';
  }
}

/** The same in a few words, for the bar. */
export function powerMark({ mode, untilMs }: PowerState): string {
  const until = untilMs === undefined ? '' : ` until ${formatTime(untilMs).slice(0, 5)}`;
  switch (mode) {
    case 'off':
      return '';
    case 'making':
      return 'asks for os:reader';
    case 'switching':
      return 'switches to os:reader';
    case 'reader':
      return `reads with os:reader${until}`;
    case 'lifted':
      return `least power lifted${until}`;
    case 'unknown':
      return 'least power not known';
    case 'failed':
      return 'least power failed';
  }
}
