import type { Feature } from '../context.ts';
import { createTheorist, questionOf } from './ask-theory.ts';
import type { Answer } from './theory.ts';
import { createToolButton } from './tool-button.ts';

/** What theory knows of the learning rates along the axis: K as their unit, and thresholds with names. */
export const knownRates: Feature = (context) => {
  const { page, plot, events, signal } = context;
  const theorist = createTheorist();
  const units = createToolButton(
    {
      words: 'K',
      title: 'Count along the axis in K = A η / ε, with A the largest force of the micro part',
    },
    () => context.setView({ unit: context.state.view.unit === 'K' ? 'eta' : 'K' }),
  );
  const names = createToolButton(
    {
      words: 'thresholds',
      title: 'Draw where periods double, chaos begins and orbits leave their cell',
    },
    () => context.setView({ thresholds: !context.state.view.thresholds }),
  );
  page.tools.append(units.element, names.element);
  let asked = '';

  const draw = ({ amplitude, thresholds }: Answer) => {
    const { view, request } = context.state;
    const { epsilon } = request.spec.objective;
    const factor = amplitude !== undefined && epsilon ? amplitude / epsilon : undefined;
    units.element.hidden = factor === undefined;
    const isInK = factor !== undefined && view.unit === 'K';
    plot.measureIn(isInK ? { name: nameOf(amplitude ?? 1), symbol: 'K', factor } : undefined);
    plot.name(view.thresholds ? thresholds : []);
  };
  const renew = () => {
    const { spec } = context.state.request;
    const { view } = context.state;
    units.press(view.unit === 'K');
    names.press(view.thresholds);
    const question = questionOf(spec, view.thresholds);
    names.element.hidden = !questionOf(spec, true)?.hasThresholds;
    const now = JSON.stringify([question, view]);
    if (now === asked) return; // the window alone has moved
    asked = now;
    if (!question) return draw({ thresholds: [] });
    void context.drawn.then(() => {
      if (now === asked && !signal.aborted) theorist.ask(question, draw);
    });
  };
  units.element.hidden = true;
  signal.addEventListener('abort', theorist.dispose, { once: true });
  events.on('request', renew, signal);
  events.on('view', renew, signal);
};

function nameOf(amplitude: number): string {
  return amplitude === 1 ? 'K = η / ε' : `K = ${Number(amplitude.toPrecision(4))} η / ε`;
}
