/** WGSL that computes something of the state: statements to stand before `result` is used. */
export interface Snippet {
  readonly statements: readonly string[];
  readonly result: string;
  /** Functions of shaders/lib/math.wgsl it calls. */
  readonly functions: readonly string[];
  /** Whether it may leave the domain of one of them. */
  readonly partial: boolean;
}
