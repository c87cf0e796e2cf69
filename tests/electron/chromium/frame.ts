/** One frame of a page's current frame tree. Addresses are Chromium's, not yet translated back to the app's scheme. */
export class Frame {
  readonly id: string;
  readonly parent: Frame | undefined;
  readonly children = new Set<Frame>();
  url = '';
  name = '';
  detached = false;

  constructor(id: string, parent: Frame | undefined) {
    this.id = id;
    this.parent = parent;
    parent?.children.add(this);
  }

  detach(): void {
    this.parent?.children.delete(this);
    this.detached = true;
  }
}
