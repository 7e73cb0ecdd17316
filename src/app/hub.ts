/** Tells listeners what has happened, by name. */
export interface Hub<Events extends object> {
  /** Calls `listener` whenever `name` happens, until `signal` is aborted. */
  on<Name extends keyof Events>(
    name: Name,
    listener: (event: Events[Name]) => void,
    signal: AbortSignal,
  ): void;
  tell<Name extends keyof Events>(name: Name, event: Events[Name]): void;
}

export function createHub<Events extends object>(): Hub<Events> {
  const listeners: { [Name in keyof Events]?: Set<(event: Events[Name]) => void> } = {};
  return {
    on(name, listener, signal) {
      if (signal.aborted) return;
      const all = listeners[name] ?? new Set();
      listeners[name] = all.add(listener);
      signal.addEventListener('abort', () => all.delete(listener), { once: true });
    },
    tell(name, event) {
      for (const listener of [...(listeners[name] ?? [])]) listener(event);
    },
  };
}
