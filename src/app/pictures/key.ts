import { colormap } from '../../export/colormaps.ts';
import { coordinateText } from '../../export/decimal.ts';
import type { Legend, NamesLegend, ScaleLegend, Swatch } from '../../export/legend.ts';
import type { Feature } from '../context.ts';
import { isExponentFigure } from '../views/exponent-curve.ts';
import './key.css';

/** Colours of a ramp that are given to the browser, which blends between them. */
const STOPS = 32;
/** Digits of a number beside the ramp. */
const DIGITS = 3;

/** The key to the colours of a picture that are its own: numbers beside a ramp, or names. */
export const pictureKey: Feature = ({ page, events, studios, signal }) => {
  const key = element('div', 'key');
  key.setAttribute('role', 'note');
  key.setAttribute('aria-label', 'What the colours mean');
  key.tabIndex = 0; // it may be wider than the page, and then the keyboard scrolls it
  page.strips.append(key);
  events.on(
    'request',
    ({ request }) => {
      const { kind } = request;
      const hasOwn = kind === 'map' || kind === 'curve' || kind === 'escape-curve';
      key.classList.toggle('is-own', hasOwn);
      const isCurve = isExponentFigure(request);
      const withoutKey = isCurve ? 'bare' : 'none';
      page.figure.dataset.picture = hasOwn ? 'own' : kind === 'none' ? withoutKey : 'visits';
      key.replaceChildren();
    },
    signal,
  );
  studios.legends.on(
    'legend',
    (legend) => key.replaceChildren(...(legend ? partsOf(legend) : [])),
    signal,
  );
};

function partsOf(legend: Legend): readonly HTMLElement[] {
  return [
    element('span', 'what', legend.array),
    ...('colours' in legend ? namesOf(legend) : scaleOf(legend)),
  ];
}

function namesOf({ colours }: NamesLegend): readonly HTMLElement[] {
  const all = colours.reduce((sum, { pixels }) => sum + pixels, 0);
  return colours.map((swatch) =>
    swatchOf(swatch, `${swatch.meaning} ${percent(swatch.pixels / all)}`),
  );
}

function scaleOf(legend: ScaleLegend): readonly HTMLElement[] {
  const { map, tone, range, centre, none } = legend;
  const scale = element('span', 'scale');
  const ramp = element('span', 'ramp');
  ramp.style.background = `linear-gradient(90deg, ${stopsOf(colormap(map).colours).join(', ')})`;
  const [from, to] = range;
  scale.append(numberText(from), ramp);
  if (centre !== undefined) {
    const mark = element('i', '');
    mark.style.left = '50%';
    mark.title = `${centre}`;
    ramp.append(mark);
  }
  scale.append(numberText(to));
  const words = { linear: '', log: 'over powers of ten', rank: 'by rank' }[tone];
  const middle = centre === undefined ? '' : `${centre} in the middle`;
  const note = [words, middle].filter((part) => part !== '').join(', ');
  return [
    scale,
    ...(note === '' ? [] : [element('span', 'note', note)]),
    ...(none ? [swatchOf(none, 'no value')] : []),
  ];
}

function swatchOf({ colour }: Swatch, words: string): HTMLElement {
  const swatch = element('span', 'swatch', words);
  swatch.style.setProperty('--colour', colour);
  return swatch;
}

function stopsOf(colours: Uint8Array): readonly string[] {
  return Array.from({ length: STOPS }, (_, stop) => {
    const entry = 3 * Math.round((stop * (colours.length / 3 - 1)) / (STOPS - 1));
    return `rgb(${colours.subarray(entry, entry + 3).join(' ')})`;
  });
}

/** A number of so many digits, in the words of the axes. */
function numberText(value: number): string {
  if (value === 0) return '0';
  const leading = Math.floor(Math.log10(Math.abs(value)));
  return coordinateText(value, 10 ** (leading - DIGITS + 1));
}

function percent(share: number): string {
  return share < 0.005 ? '< 1 %' : `${Math.round(100 * share)} %`;
}

function element(kind: 'div' | 'span' | 'i', name: string, words = ''): HTMLElement {
  const made = document.createElement(kind);
  made.className = name;
  made.textContent = words;
  return made;
}
