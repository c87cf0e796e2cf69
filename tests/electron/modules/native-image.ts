import { readFileSync } from 'node:fs';

/** `nativeImage`: bytes of a PNG, with its size. */
export class NativeImage {
  readonly #png: Buffer;

  constructor(png: Buffer) {
    this.#png = png;
  }

  isEmpty(): boolean {
    return this.#png.length === 0;
  }

  toPNG(): Buffer {
    return this.#png;
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString('base64')}`;
  }

  getSize(): { readonly width: number; readonly height: number } {
    if (this.#png.length < 24) return { width: 0, height: 0 };
    return { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) };
  }

  resize(): NativeImage {
    return this;
  }

  setTemplateImage(): void {
    // macOS only.
  }
}

export const nativeImage = {
  createEmpty: (): NativeImage => new NativeImage(Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer): NativeImage => new NativeImage(bytes),
  createFromDataURL: (url: string): NativeImage => new NativeImage(Buffer.from(url.replace(/^[^,]*,/, ''), 'base64')),
  /** Empty when the file cannot be read, as in Electron. */
  createFromPath: (path: string): NativeImage => {
    try {
      return new NativeImage(readFileSync(path));
    } catch {
      return new NativeImage(Buffer.alloc(0));
    }
  },
};
