import type { Spec } from '../../spec/spec.ts';
import { hasCycles, momentumOf } from '../../study/rule-map.ts';
import { middleOf } from '../../study/starts.ts';
import type { Answer, Question } from './theory.ts';

/** Answers that are kept. */
const MOST_KNOWN = 64;
const nothing: Answer = { thresholds: [] };

/** Someone to ask about theory, who thinks on a thread of its own and remembers. */
export interface Theorist {
  /** Calls back with the answer, unless something else is asked before it is there. */
  ask(question: Question, onAnswer: (answer: Answer) => void): void;
  dispose(): void;
}

export function createTheorist(): Theorist {
  const known = new Map<string, Answer>();
  let worker: Worker | undefined;
  let isBusy = false;
  const dismiss = () => {
    worker?.terminate();
    worker = undefined;
    isBusy = false;
  };
  return {
    ask(question, onAnswer) {
      if (isBusy) dismiss(); // nobody waits for that answer any longer
      const key = JSON.stringify(question);
      const before = known.get(key);
      if (before) return onAnswer(before);
      worker ??= new Worker(new URL('./theory-worker.ts', import.meta.url), {
        type: 'module',
        name: 'etascope theory',
      });
      isBusy = true;
      const answer = (found: Answer) => {
        isBusy = false;
        if (known.size >= MOST_KNOWN) known.clear();
        known.set(key, found);
        onAnswer(found);
      };
      worker.onmessage = ({ data }: MessageEvent<Answer>) => answer(data);
      worker.onerror = (event) => {
        event.preventDefault(); // a page without theory is a page still
        dismiss();
        answer(nothing);
      };
      worker.postMessage(question);
    },
    dispose: dismiss,
  };
}

/**
 * What to ask about the learning rates along the axis of a spec.
 *
 * @returns undefined unless eta lies across, alone or over starting values, and nothing else varies.
 */
export function questionOf(
  { axes, objective, optimizer, ensemble }: Spec,
  wantsThresholds: boolean,
): Question | undefined {
  const [axis, ...others] = axes;
  const isAlone = others.every(({ parameter }) => parameter.startsWith('initial.'));
  if (axis?.parameter !== 'eta' || !isAlone) return undefined;
  const { rule } = optimizer;
  const [variable = 'x'] = objective.variables;
  const momentum = momentumOf(rule, optimizer);
  return {
    objective,
    ...(momentum ? { momentum } : {}),
    start: middleOf(ensemble.initial[variable] ?? 0),
    hasThresholds: wantsThresholds && hasCycles({ objective, optimizer }),
  };
}
