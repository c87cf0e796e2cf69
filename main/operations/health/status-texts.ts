import type { TextReading } from '../cluster-text/cluster-texts.ts';
import { machineStatusOf, type MachineStatusFacts } from './spec-facts.ts';

/** Nearly all nodes say the same. */
const MOST_KEPT = 32;
const LONGEST_KEPT = 2_048;

/** What nodes say of their state, read once for each text: of a thousand nodes at rest all say the same, and each says it twice a minute. */
export class StatusTexts {
  readonly #known = new Map<string, MachineStatusFacts>();

  /** The MachineStatus of a text; undefined for what Talos does not write, or was given up. */
  async read(reading: Pick<TextReading, 'read'>, text: string): Promise<MachineStatusFacts | undefined> {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const read = machineStatusOf(await reading.read('spec', text));
    if (read === undefined || text.length > LONGEST_KEPT) return read;
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(text, read);
    return read;
  }
}
