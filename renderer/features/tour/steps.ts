/** What a newcomer should know, in the order in which it is met. */
export const STEPS = [
  {
    title: 'See what is wrong',
    text: 'The overview says what is wrong in a cluster, since when, and what mends it. The bar at the top names the cluster you work on; Ctrl P switches it. What is old is dimmed and says how old it is.',
    guide: 'is-anything-wrong-and-since-when',
  },
  {
    title: 'Ask many machines at once',
    text: 'Select nodes and press Ctrl R, or write a line of talosctl into Ctrl K, which finds everything else, too. Answers stand side by side, failures first. This only reads.',
    guide: 'ask-many-nodes-at-once',
  },
  {
    title: 'Change things by a plan',
    text: 'Whatever changes a machine or a file is a plan first: which machines, what happens to each, what could be lost. Nothing happens before you confirmed it, and changes of files can be undone.',
    guide: 'change-something-on-a-machine',
  },
] as const;
