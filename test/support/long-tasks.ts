/** Milliseconds of each task of the page's thread, since the call, that held it for 50 and more. */
export interface TaskWatch {
  /** Ends the watch. */
  stop(): Promise<readonly number[]>;
}

/** Watches the page's thread by the browser's own measure; tasks of the test's code count as well. */
export function watchTasks(): TaskWatch {
  const held: number[] = [];
  const observer = new PerformanceObserver((list) => {
    // What only the page around the test did is not ours.
    const own = list.getEntries().filter(({ name }) => !/ancestor/.test(name));
    held.push(...own.map(({ duration }) => duration));
  });
  observer.observe({ type: 'longtask' });
  return {
    async stop() {
      await new Promise((resolve) => setTimeout(resolve, 100)); // entries come a little later
      observer.disconnect();
      return held;
    },
  };
}

/**
 * What held the page up in the best of `tries` repetitions. The tests compute on every core, so that
 * the system now and then takes the page's thread away for longer than 50 ms: that is noise, and what
 * is there every time is not.
 */
export async function leastHeld(
  tries: number,
  work: () => Promise<void>,
): Promise<readonly number[]> {
  let least: readonly number[] | undefined;
  for (let i = 0; i < tries && least?.length !== 0; i++) {
    const watch = watchTasks();
    await work();
    const held = await watch.stop();
    if (!least || held.length < least.length) least = held;
  }
  return least ?? [];
}
