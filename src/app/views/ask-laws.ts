import type { LawAnswer, LawQuestion } from './laws.ts';

/** Answers that are kept. */
const MOST_KNOWN = 64;

/** Someone to ask about laws, who thinks on a thread of its own: of many questions, the last. */
export interface LawAsker {
  /** Calls back with the answer, unless something else is asked before it is begun. */
  ask(question: LawQuestion, onAnswer: (answer: LawAnswer) => void): void;
}

interface Asked {
  readonly key: string;
  readonly question: LawQuestion;
  readonly onAnswer: (answer: LawAnswer) => void;
}

/** Someone to ask until `signal` is aborted; the thread begins with the first question. */
export function createLawAsker(signal: AbortSignal): LawAsker {
  const known = new Map<string, LawAnswer>();
  let worker: Worker | undefined;
  let current: Asked | undefined;
  let next: Asked | undefined;
  signal.addEventListener('abort', () => worker?.terminate(), { once: true });

  const answer = (found: LawAnswer) => {
    const answered = current;
    current = undefined;
    if (answered) {
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(answered.key, found);
      if (!next || next.key === answered.key) answered.onAnswer(found);
    }
    const waiting = next;
    next = undefined;
    if (waiting && waiting.key !== answered?.key) begin(waiting);
  };
  const start = () => {
    const started = new Worker(new URL('./law-worker.ts', import.meta.url), {
      type: 'module',
      name: 'etascope laws',
    });
    started.onmessage = ({ data }: MessageEvent<LawAnswer>) => answer(data);
    started.onerror = (event) => {
      event.preventDefault(); // views without laws are views still
      answer({ missing: 'the law could not be computed' });
    };
    return started;
  };
  const begin = (asked: Asked) => {
    current = asked;
    worker ??= start();
    worker.postMessage(asked.question);
  };
  return {
    ask(question, onAnswer) {
      if (signal.aborted) return;
      const key = JSON.stringify(question);
      const before = known.get(key);
      if (before) {
        next = undefined;
        onAnswer(before);
        return;
      }
      const asked = { key, question, onAnswer };
      if (current) next = asked;
      else begin(asked);
    },
  };
}
