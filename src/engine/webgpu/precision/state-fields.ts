/** What a word or more of a state is. */
interface Codec {
  readonly words: number;
  /** Whether two values are the same. */
  isSame(a: string, b: string): string;
  load(word: (index: number) => string): string;
  store(value: string): readonly string[];
}

const equal = (a: string, b: string) => `(${a} == ${b})`;

const codecs = {
  f32: {
    words: 1,
    isSame: equal,
    load: (word) => `bitcast<f32>(${word(0)})`,
    store: (value) => [`bitcast<u32>(${value})`],
  },
  u32: { words: 1, isSame: equal, load: (word) => word(0), store: (value) => [value] },
  vec4u: {
    words: 4,
    isSame: (a, b) => `all(${equal(a, b)})`,
    load: (word) => `vec4u(${[0, 1, 2, 3].map(word).join(', ')})`,
    store: (value) => ['x', 'y', 'z', 'w'].map((part) => `${value}.${part}`),
  },
  Coordinate: {
    words: 2,
    isSame: (a, b) => `${equal(`${a}.cell`, `${b}.cell`)} & ${equal(`${a}.phase`, `${b}.phase`)}`,
    load: (word) => `Coordinate(bitcast<i32>(${word(0)}), ${word(1)})`,
    store: (value) => [`bitcast<u32>(${value}.cell)`, `${value}.phase`],
  },
} as const satisfies Readonly<Record<string, Codec>>;

/** A member of `State` that is kept from slice to slice. */
export interface StateField {
  readonly name: string;
  readonly type: keyof typeof codecs;
}

/** The kept members of `State`, one behind the other, and where their words are. */
export interface StateFields {
  readonly words: number;
  readonly names: readonly string[];
  /** First word of a field. */
  at(name: string): number;
  /** Whether two states `a` and `b` are the same. */
  readonly areSame: string;
  /** Declarations in the struct. */
  readonly members: readonly string[];
  /** Statements of `place` and `stride` that load each into a name of its own. */
  readonly load: readonly string[];
  /** Statements that store those of `state`. */
  readonly store: readonly string[];
}

/** Lays the fields of a state. */
export function layState(fields: readonly StateField[]): StateFields {
  let words = 0;
  const places = new Map<string, number>();
  for (const { name, type } of fields) {
    places.set(name, words);
    words += codecs[type].words;
  }
  const at = (name: string) => places.get(name) ?? 0;
  const word = (name: string) => (index: number) => `states[place + ${at(name) + index}u * stride]`;
  return {
    words,
    names: fields.map(({ name }) => name),
    at,
    members: fields.map(({ name, type }) => `${name}: ${type},`),
    areSame: fields
      .map(({ name, type }) => codecs[type].isSame(`a.${name}`, `b.${name}`))
      .join(' & '),
    load: fields.map(({ name, type }) => `let ${name} = ${codecs[type].load(word(name))};`),
    store: fields.flatMap(({ name, type }) =>
      codecs[type].store(`state.${name}`).map((value, i) => `${word(name)(i)} = ${value};`),
    ),
  };
}
