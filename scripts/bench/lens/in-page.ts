/** What is measured inside the page. Each runs there by itself: none may use anything from outside of it. */

/** Every frame of so long: time since the one before, and how old the newest line in sight is, by the number that stands in it. */
export function watchPage(forMs: number): Promise<{ readonly framesMs: number[]; readonly lagsMs: number[] }> {
  return new Promise((resolve) => {
    const framesMs: number[] = [];
    const lagsMs: number[] = [];
    let last = performance.now();
    const endsAt = last + forMs;
    const frame = (): void => {
      const now = performance.now();
      framesMs.push(now - last);
      last = now;
      // Reading all rows each frame would be what is measured.
      if (framesMs.length % 6 === 0) {
        const row = document.querySelector('[role="listbox"][aria-label="Lines"] [role="option"]:last-child');
        const at = /at=(\d{13})/.exec(row?.textContent ?? '')?.[1];
        if (at !== undefined) lagsMs.push(Date.now() - Number(at));
      }
      if (now < endsAt) requestAnimationFrame(frame);
      else resolve({ framesMs, lagsMs });
    };
    requestAnimationFrame(frame);
  });
}

/** From a text in the search field to the number of hits that stays. */
export async function timeSearch(text: string): Promise<number> {
  const input = document.querySelector<HTMLInputElement>('input[aria-label="Search"]');
  if (input === null) throw new Error('the page has no search');
  const said = (): string => document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent ?? '';
  const startedAt = performance.now();
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  let changedAt = startedAt;
  let seen = '';
  while (performance.now() - changedAt < 2000) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    if (said() === seen) continue;
    seen = said();
    changedAt = performance.now();
  }
  if (!/^[1-9]/.test(seen)) throw new Error(`the search says ${seen}`);
  return changedAt - startedAt;
}

/** Turns the wheel through all lines; share of frames in which a part of the list has no line, %. */
export async function scrollThrough(forMs: number): Promise<number> {
  const list = document.querySelector('[role="listbox"][aria-label="Lines"]');
  if (list === null) throw new Error('the page has no lines');
  const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
  const startedAt = performance.now();
  let frames = 0;
  let blank = 0;
  list.scrollTop = list.scrollHeight / 2;
  for (let n = 0; n < 10; n += 1) await frame();
  while (performance.now() - startedAt < forMs) {
    // Half a screen a frame, and now and then as far as somebody pulls the bar.
    list.scrollTop += frames % 40 === 39 ? list.scrollHeight / 50 : -list.clientHeight / 2;
    await frame();
    frames += 1;
    const { top, bottom } = list.getBoundingClientRect();
    const rows = [...list.querySelectorAll('[role="option"]')].map((row) => row.getBoundingClientRect());
    const isCovered = (y: number): boolean => rows.some((row) => row.top <= y && row.bottom >= y);
    if (!isCovered(top + 4) || !isCovered(bottom - 24) || !isCovered((top + bottom) / 2)) blank += 1;
  }
  return (blank / frames) * 100;
}
