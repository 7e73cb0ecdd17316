/** Turns of the event loop: between two, the browser does whatever else is waiting. */
export interface Turns {
  /** Waits for the next one; timers would make that four milliseconds. */
  next(): Promise<void>;
  dispose(): void;
}

export function createTurns(): Turns {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return {
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        port2.postMessage(undefined);
      }),
    dispose: () => port1.close(),
  };
}
