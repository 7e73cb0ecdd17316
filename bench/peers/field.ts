import { AbsentError, type Candidate, type Contestant } from './contestant.ts';

/** A candidate that is not here. */
export interface Missing {
  readonly name: string;
  /** Why not, and how to get it. */
  readonly reason: string;
}

/** Who takes part and who cannot. */
export interface Field {
  readonly contestants: readonly Contestant[];
  readonly missing: readonly Missing[];
  readonly dispose: () => void;
}

/**
 * Starts the candidates, one after the other.
 *
 * @throws {ContestError} where one is here but does not start; those already started are ended.
 */
export async function startAll(
  candidates: readonly Candidate[],
  onStart: (name: string) => void,
): Promise<Field> {
  const contestants: Contestant[] = [];
  const missing: Missing[] = [];
  const dispose = () => {
    for (const contestant of contestants) contestant.dispose();
  };
  try {
    for (const { name, start } of candidates) {
      onStart(name);
      try {
        contestants.push(await start());
      } catch (error) {
        if (!(error instanceof AbsentError)) throw error;
        missing.push({ name, reason: error.message });
      }
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return { contestants, missing, dispose };
}
