import { coordinateText } from '../../export/decimal.ts';
import type { Viewport } from '../../view/viewport.ts';
import type { Feature } from '../context.ts';
import { type Explorable, namesOf } from '../explorable.ts';
import { createTheorist, questionOf } from './ask-theory.ts';
import { type Arithmetic, type Unresolved, unresolvedOf } from './resolution.ts';
import './resolution-notice.css';

/** Says, over the map, that its cells are finer than the numbers it is computed with, and what helps. */
export const resolutionNotice: Feature = (context) => {
  const { page, plot, events, signal } = context;
  const notice = document.createElement('p');
  notice.className = 'resolution';
  notice.setAttribute('role', 'status');
  page.figure.append(notice);
  const theorist = createTheorist();
  let arithmetic: Arithmetic | undefined;

  const show = (amplitude?: number) => {
    const { request } = context.state;
    const values = valuesOf(request);
    const found =
      values && arithmetic
        ? unresolvedOf(request.spec, context.viewport, plot.cells, arithmetic, values, amplitude)
        : [];
    const text = found.map((each) => wordsOf(each, request)).join(' ');
    const cure =
      arithmetic?.engine === 'cpu' ? 'Zoom out.' : 'Choose precision float64, or zoom out.';
    const words = found.length === 0 ? '' : `${text} ${cure}`;
    if (notice.textContent !== words) notice.textContent = words;
  };
  const renew = () => {
    const question = questionOf(context.state.request.spec, false);
    // Theory is asked where its answer can matter alone: on devices, whose kicks are coarse.
    if (question && arithmetic?.engine === 'webgpu') {
      theorist.ask(question, ({ amplitude }) => show(amplitude));
    } else show();
  };
  events.on('viewport', renew, signal);
  events.on(
    'begin',
    ({ provenance }) => {
      arithmetic = provenance;
      renew();
    },
    signal,
  );
  signal.addEventListener('abort', theorist.dispose, { once: true });
};

/** The directions of a picture along which values lie; undefined where cells of any size mean something. */
function valuesOf({ kind }: Explorable): readonly (keyof Viewport)[] | undefined {
  if (kind === 'joint') return ['across', 'up'];
  if (kind === 'density') return ['up'];
  return kind === 'map' ? [] : undefined;
}

function wordsOf({ direction, cell, resolution, of }: Unresolved, request: Explorable): string {
  const name = namesOf(request)[direction];
  return `${name}: a pixel is ${brief(cell)}, but ${of} resolve ${brief(resolution)}.`;
}

/** Two digits. */
function brief(value: number): string {
  return coordinateText(value, 10 ** (Math.floor(Math.log10(value)) - 1));
}
