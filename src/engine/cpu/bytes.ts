/** A growing run of bytes. */
export interface Bytes {
  readonly length: number;
  byte(value: number): void;
  append(values: Iterable<number>): void;
  /** LEB128. */
  unsigned(value: number): void;
  signed(value: number): void;
  all(): Uint8Array<ArrayBuffer>;
}

export function createBytes(): Bytes {
  let bytes = new Uint8Array(256);
  let length = 0;
  const byte = (value: number) => {
    if (length === bytes.length) {
      const larger = new Uint8Array(2 * length);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[length++] = value;
  };
  const append = (values: Iterable<number>) => {
    for (const value of values) byte(value);
  };
  return {
    get length() {
      return length;
    },
    byte,
    append,
    unsigned(value) {
      let rest = value;
      for (; rest > 0x7f; rest = Math.floor(rest / 128)) byte((rest % 128) | 0x80);
      byte(rest);
    },
    signed(value) {
      let rest = value;
      for (;;) {
        const low = rest & 0x7f;
        rest >>= 7;
        const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
        byte(isLast ? low : low | 0x80);
        if (isLast) return;
      }
    },
    all: () => bytes.slice(0, length),
  };
}

/** LEB128 of a whole number of at least 0. */
export function unsigned(value: number): Uint8Array {
  const bytes = createBytes();
  bytes.unsigned(value);
  return bytes.all();
}
