import { InertContents } from './inert-contents.ts';

/** Zoom factor and level; a level is a factor of 1.2. */
export abstract class ZoomableContents extends InertContents {
  #factor = 1;

  setZoomFactor(factor: number): void {
    this.#factor = factor;
    this.standInApplyZoom(factor);
  }

  getZoomFactor(): number {
    return this.#factor;
  }

  get zoomFactor(): number {
    return this.#factor;
  }

  set zoomFactor(factor: number) {
    this.setZoomFactor(factor);
  }

  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level);
  }

  getZoomLevel(): number {
    return Math.log(this.#factor) / Math.log(1.2);
  }

  protected abstract standInApplyZoom(factor: number): void;
}
