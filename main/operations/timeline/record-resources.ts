import type { WatchItem } from '../../../preload/contract/index.ts';
import type { Timeline } from './timeline.ts';

/** Changes of one watch that are told; a type that changes all the time would push out everything else. */
const MOST_OF_WATCH = 300;

/** What a watch of resources brought that was not there when it began. Called with each of its items. */
export function resourceRecorder(timeline: Timeline, now: () => number): (item: WatchItem) => void {
  let type = '';
  let left = MOST_OF_WATCH;
  /** Resources that are known of each node: after a watch began anew, they are no news. */
  const known = new Set<string>();
  return (item) => {
    if (item.type === 'columns') type = item.resourceType;
    if (item.type !== 'set' && item.type !== 'gone') return;
    const { node, key } = item;
    const at = `${node} ${key}`;
    const what = item.type === 'gone' ? 'was removed' : known.has(at) ? 'changed' : 'was added';
    if (item.type === 'set') known.add(at);
    else known.delete(at);
    if (item.type === 'set' && item.isInitial) return;
    left -= 1;
    if (left < 0) return;
    const isLast = left === 0;
    const atMs = now();
    timeline.add({
      ...{ kind: 'resource', node, subject: key, severity: 'info', atMs, endedAtMs: atMs },
      title: `${type} ${key} ${what}`,
      ...(isLast && { detail: 'Further changes of this watch are not told here.' }),
    });
  };
}
