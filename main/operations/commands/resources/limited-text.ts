/** Bytes of a text that goes to the page, as it is copied. */
const MAX_BYTES = 1024 * 1024;

// eslint-disable-next-line no-control-regex -- every sign that is copied as one byte
const ONE_BYTE = /^[\u0000-\u00ff]*$/;

/** Lines that end where a message to the page would become too large: a text with any sign above U+00FF takes two bytes for each. */
export class LimitedText {
  readonly #lines: string[] = [];
  #length = 0;
  #bytesEach = 1;
  #isCut = false;

  /** True when something is missing. */
  get isCut(): boolean {
    return this.#isCut;
  }

  get text(): string {
    if (this.#lines.length === 0) return '';
    const text = `${this.#lines.join('\n')}\n`;
    // A piece of a text of two bytes a sign keeps these, also when it needs only one.
    return this.#bytesEach === 1 ? Buffer.from(text, 'latin1').toString('latin1') : text;
  }

  /** False when it does not fit whole: then what fits of it is the end of the text. */
  line(line: string): boolean {
    if (this.#isCut) return false;
    const room = MAX_BYTES - this.#length;
    const fits = line.length < room ? line : line.slice(0, Math.max(0, room));
    if (this.#bytesEach === 1 && !ONE_BYTE.test(fits)) this.#bytesEach = 2;
    const most = Math.floor(MAX_BYTES / this.#bytesEach) - this.#length - 1;
    this.#isCut = most <= 0 || line.length > most;
    if (most > 0) this.#add(this.#isCut ? line.slice(0, most) : line);
    else this.#shorten();
    return !this.#isCut;
  }

  #add(line: string): void {
    this.#lines.push(line);
    this.#length += line.length + 1;
  }

  /** The first sign above U+00FF came late: what stands before it is too long now. */
  #shorten(): void {
    const text = this.#lines.join('\n').slice(0, Math.floor(MAX_BYTES / this.#bytesEach) - 1);
    this.#lines.splice(0, Infinity, text);
    this.#length = text.length + 1;
  }
}
