/** One tick for the whole window. `wall` is for the clock on the wall, `mono` for every waiting. */
class Ticker {
  wall = $state(Date.now());
  mono = $state(performance.now());

  constructor() {
    if (typeof window === 'undefined') return;
    setInterval(() => {
      this.wall = Date.now();
      this.mono = performance.now();
    }, 250);
  }
}

export const now = new Ticker();
