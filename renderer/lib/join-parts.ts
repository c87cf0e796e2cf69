import { JoinedParts, type ProducerMessage } from '../../preload/contract/index.ts';

/** Puts together the values of a topic that came in parts. Anything else passes as it is; a part alone says nothing yet. */
export function joinParts(): (message: ProducerMessage) => ProducerMessage | undefined {
  let parts = new JoinedParts();
  return (message) => {
    if (message.type !== 'part') return message;
    if (message.index === 0) parts = new JoinedParts();
    parts.add(message);
    if (!message.isLast) return undefined;
    const { value } = parts;
    parts = new JoinedParts();
    return { type: 'value', revision: message.revision, value };
  };
}
