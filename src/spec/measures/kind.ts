/** What a measure can know of the run it is part of. */
export interface MeasureContext {
  /** Dimension of the state that a step maps to the next. */
  readonly dimension: number;
  /** Steps of every orbit: skip + keep. */
  readonly steps: number;
}

/** What the spec has to know about a kind of measure. */
export interface MeasureKind<Input, Request> {
  /** Its word in the spec, and the default name of its arrays. */
  readonly measure: string;
  /** valibot schema of what users write; its `measure` field is the literal word. */
  readonly schema: { readonly type: string };
  /** Whether a run can have one of them only, because it says something of the orbits themselves. */
  readonly isSingle: boolean;
  /** Checks what the schema cannot say, and orders the fields. `where` is its path in the spec. */
  complete(input: Input, where: string, context: MeasureContext): Request;
  /** Counts it keeps in every column. */
  cells(request: Request): number;
  /** Names of the arrays it gives. */
  arrays(request: Request): readonly string[];
}
