import { chordKeys, isMac } from '../../lib/keyboard.ts';

/** What a newcomer should know, in the order in which it is met, with the keys of this computer. */
export function stepsOf(mac: boolean = isMac()) {
  const key = (letter: string): string => chordKeys(`mod+${letter}`, mac).join(' ');
  return [
    {
      title: 'See what is wrong',
      text: `The overview says what is wrong in a cluster, since when, and what mends it. The bar at the top names the cluster you work on; ${key('p')} switches it. What is old is dimmed and says how old it is.`,
      guide: 'is-anything-wrong-and-since-when',
    },
    {
      title: 'Ask many machines at once',
      text: `Select nodes and press ${key('r')}, or write a line of talosctl into ${key('k')}, which finds everything else, too. Answers stand side by side, failures first. What only reads runs at once.`,
      guide: 'ask-many-nodes-at-once',
    },
    {
      title: 'Change things by a plan',
      text: 'Whatever changes a machine or a file is a plan first: which machines, what happens to each, what could be lost. Nothing happens before you confirmed it, and changes of files can be undone.',
      guide: 'change-something-on-a-machine',
    },
  ] as const;
}
