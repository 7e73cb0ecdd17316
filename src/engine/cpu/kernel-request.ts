import type { SimdValue } from '../../formula/simd/graph.ts';
import type { BlockMeasure } from './measures/block-measure.ts';

/** How far a lane may go along a variable before its orbit has diverged. */
export interface Reach {
  /** Place of the radius in turns; where lanes differ in it, of its reciprocal. */
  readonly word: number;
  /** Whether it is the same in all columns. */
  readonly isShared: boolean;
}

/** What a step does first that no graph can, such as what repeats: text that leaves values in locals. */
export interface Prelude {
  /** Numbers that it reads, each in both lanes. */
  readonly numbers: readonly number[];
  /** Vectors that it writes in between. */
  readonly room: number;
  write(frame: PreludeFrame): string;
}

/** Where the text of a prelude finds things; `$row`, `$stage`, `$number` and `$trials` are i32. */
export interface PreludeFrame {
  /** Address of the first number. */
  readonly numbers: number;
  /** Address of the room. */
  readonly room: number;
  /** Mask of the lanes that take the step. */
  readonly going: string;
  /** Mask of the lanes that are within the radius at the positions `$name0`, `$name1` and so on. */
  isInside(name: string): string;
}

/** What the kernels of a run do, per vector of two lanes; `@` in names stands for the vector's number. */
export interface KernelRequest {
  readonly variables: number;
  /** The new state from the old one, `$s{at}_@`: positions first, then what the rule remembers. */
  readonly step: readonly SimdValue[];
  readonly prelude?: Prelude | undefined;
  /** What is taken from the states that are observed. */
  readonly measures: readonly BlockMeasure[];
  /** Mask of the states that end an orbit, where there is such a condition. */
  readonly exit: SimdValue | undefined;
  /** Values that a lane keeps, its state first. */
  readonly slots: number;
  /** Words of a lane, `$w{word}_@`. */
  readonly words: number;
  /** How far each variable may go. */
  readonly reaches: readonly Reach[];
  /** Whether orbits may start anywhere at random. */
  readonly isDrawn: boolean;
  /** Whether there may be columns in which no step leads from within the radius beyond it. */
  readonly canBeConfined: boolean;
  /** Whether the run is over before many vectors in flight have made up for the longer text. */
  readonly isBrief: boolean;
}

/** Addresses in bytes; arrays are f64, where nothing else is said, and row-major. The line of address 0 is nobody's. */
export interface KernelPlaces {
  /** Lanes that a call advances: two per vector. */
  readonly lanes: number;
  readonly variables: number;
  /** Values of a state: positions first, then what the rule remembers. */
  readonly dimension: number;
  readonly words: number;
  /** [slots, lanes]: what lanes keep, the state first: before the first step that is not done yet. */
  readonly states: number;
  readonly slots: number;
  /** i64 [lanes]: steps that a lane may still take; below 0 where it has no orbit. */
  readonly left: number;
  /** [lanes]: all bits set until the orbit leaves the radius or satisfies the condition. */
  readonly going: number;
  /** [2]: all bits set while the condition ends orbits. */
  readonly watch: number;
  /** [words, lanes]. */
  readonly settings: number;
  /** What the prelude reads, [numbers, 2], and where it writes. */
  readonly numbers: number;
  readonly room: number;
  /** Counters that `draw` begins with, u32 [2, 2, 2]: words 0 and 2 of the first orbit, of the second; then 1 and 3. */
  readonly counter: number;
  /** The keys of its rounds, u64 [rounds, 2]. */
  readonly keys: number;
  /** Where the words of `DRAWN` orbits have room. */
  readonly drawn: number;
  /** What lies behind is free. */
  readonly end: number;
}
