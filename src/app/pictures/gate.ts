/** A gate that work waits at while it is closed. */
export interface Gate {
  isClosed: boolean;
  /** Settles when it is open; undefined where it is. */
  wait(): Promise<void> | undefined;
}

/** An open gate. */
export function createGate(): Gate {
  let closed: { readonly opened: Promise<void>; open(): void } | undefined;
  return {
    get isClosed() {
      return closed !== undefined;
    },
    set isClosed(isClosed) {
      if (isClosed === (closed !== undefined)) return;
      closed?.open();
      let open = () => {};
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      closed = isClosed ? { opened, open } : undefined;
    },
    wait: () => closed?.opened,
  };
}
