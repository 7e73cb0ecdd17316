// The worker that theory is computed in: it may take tens of milliseconds, and longer of odd formulas.
import { type Question, theoryOf } from './theory.ts';

addEventListener('message', ({ data }: MessageEvent<Question>) => postMessage(theoryOf(data)));
