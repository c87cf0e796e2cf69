import type { ProducerMessage } from '../../preload/contract/index.ts';

/** Puts together the values of a topic that came in parts. Anything else passes as it is; a part alone says nothing yet. */
export function joinParts(): (message: ProducerMessage) => ProducerMessage | undefined {
  let revision = 0;
  let lists = new Map<string, unknown[]>();
  return (message) => {
    if (message.type === 'part') {
      if (message.revision !== revision) lists = new Map();
      revision = message.revision;
      const list = lists.get(message.field) ?? [];
      for (const item of message.items) list.push(item);
      lists.set(message.field, list);
      return undefined;
    }
    if (message.type !== 'value' || lists.size === 0) return message;
    const parts = message.revision === revision ? lists : new Map<string, unknown[]>();
    lists = new Map();
    return { ...message, value: { ...(message.value as object), ...Object.fromEntries(parts) } };
  };
}
