import type { Feature } from '../context.ts';
import { type Explorable, parameterLabel } from '../explorable.ts';
import { isExponentFigure } from '../views/exponent-curve.ts';

/** In the place of the picture: why there is none, and what there is instead. */
export const unpictured: Feature = ({ page, events, signal }) => {
  const box = document.createElement('div');
  box.className = 'unpictured';
  box.hidden = true;
  page.figure.append(box);
  events.on(
    'request',
    ({ request }) => {
      box.hidden = request.kind !== 'none' || isExponentFigure(request);
      if (!box.hidden) box.replaceChildren(...wordsOf(request));
    },
    signal,
  );
};

function wordsOf({ spec, axis }: Explorable): readonly HTMLElement[] {
  const title = document.createElement('h2');
  title.textContent = 'Numbers without a picture';
  const measures = spec.measures.map(({ name }) => name).join(', ');
  const over = axis ? `over ${parameterLabel(axis.parameter)}` : 'at one point';
  const command = document.createElement('code');
  command.textContent = 'etascope run SPEC.json --out RESULT.npz';
  return [
    title,
    paragraph(
      `This spec asks for ${measures} ${over}. It is computed here, and its arrays can be saved as NPZ; the command line writes the same file:`,
    ),
    command,
    paragraph('A density, escape times or a second axis would make a picture.'),
  ];
}

function paragraph(words: string): HTMLElement {
  const made = document.createElement('p');
  made.textContent = words;
  return made;
}
