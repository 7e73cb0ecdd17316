import { type Fault, RequestError } from '../spec/errors.ts';

/** A command line that cannot be meant; knows the usage line of the command it was meant for. */
export class UsageError extends RequestError {
  override readonly name = 'UsageError';
  readonly usage: string;

  constructor(usage: string, fault: Fault) {
    super(fault);
    this.usage = usage;
  }
}
