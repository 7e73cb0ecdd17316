export type RunErrorCode =
  | 'no-adapter'
  | 'device-lost'
  | 'out-of-memory'
  | 'shader-refused'
  | 'kernel-refused'
  | 'worker-lost'
  | 'orbit-lost';

/** A run that was asked for rightly and failed; `code` is stable and safe to branch on. */
export class RunError extends Error {
  override readonly name = 'RunError';
  constructor(
    readonly code: RunErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
