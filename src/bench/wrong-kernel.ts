/** A kernel that measures what a device can do did not do what it was asked: its time means nothing. */
export class WrongKernel extends Error {
  override readonly name = 'WrongKernel';
  readonly code = 'wrong-kernel';
}
