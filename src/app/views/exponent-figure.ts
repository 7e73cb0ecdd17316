import { marginsOf } from '../../view/axes.ts';
import type { Feature } from '../context.ts';
import { createChart } from './chart.ts';
import { createExponentCurve, isExponentFigure } from './exponent-curve.ts';
import './exponent-figure.css';
import { sentenceOf } from './spoken-cursor.ts';

/** Exponents over an axis in the place of the picture, where there is no other: the plot's axis is theirs. */
export const exponentFigure: Feature = (context) => {
  const { plot, events, signal } = context;
  const chart = createChart('Largest Lyapunov exponent over the axis');
  chart.classList.add('figure');
  const note = document.createElement('p');
  note.className = 'figure-note';
  plot.element.append(chart, note);
  const draw = createExponentCurve(context, {
    chart,
    room() {
      const { clientWidth: width, clientHeight: height } = plot.element;
      return { width, height, margins: marginsOf(width) };
    },
    say(words) {
      const here = sentenceOf(context);
      note.textContent = [here, words].filter((part) => part !== '').join(' · ');
    },
    hasCursor: false,
  });
  let isShown = false;
  let nextFrame = 0;
  const refresh = () => {
    if (!isShown || nextFrame !== 0) return;
    nextFrame = requestAnimationFrame(() => {
      nextFrame = 0;
      if (isShown) draw();
    });
  };
  const observer = new ResizeObserver(refresh);
  observer.observe(plot.element);
  events.on(
    'request',
    ({ request }) => {
      isShown = isExponentFigure(request);
      chart.style.display = note.style.display = isShown ? '' : 'none';
      refresh();
    },
    signal,
  );
  for (const event of ['result', 'viewport', 'cursor'] as const) events.on(event, refresh, signal);
  signal.addEventListener(
    'abort',
    () => {
      observer.disconnect();
      cancelAnimationFrame(nextFrame);
    },
    { once: true },
  );
};
