import type { TextReading } from '../../cluster-text/cluster-texts.ts';
import type { Member } from '../../cluster-text/member.ts';

/** Of one member; a longer text is read each time. */
const LONGEST_KEPT = 2_048;

/** Members by what a cluster sent of them, from one listing to the next: of a thousand members hardly one changes within half a minute. */
export class MemberTexts {
  #before: ReadonlyMap<string, Member> = new Map();

  /**
   * Reads the texts of one listing, each that is not as it was the last time; `end` keeps them for the next. One of which nothing was
   * read is read again.
   */
  listing(reading: Pick<TextReading, 'read'>): {
    read(id: string, text: string): Promise<Member | undefined>;
    end(): void;
  } {
    const now = new Map<string, Member>();
    return {
      read: async (id, text) => {
        const key = `${id}\n${text}`;
        const member = this.#before.get(key) ?? (await reading.read('member', id, text));
        if (member !== undefined && key.length <= LONGEST_KEPT) now.set(key, member);
        return member;
      },
      end: () => (this.#before = now),
    };
  }
}
