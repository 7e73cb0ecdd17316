import { type Extent, shareAt, valueAt } from '../../export/extent.ts';
import './slider.css';

/** Places of a slider: a step moves a picture by about a pixel. */
const PLACES = 1000;
/** Characters of an end before it is written with a power of ten. */
const MOST_CHARACTERS = 6;

export interface SliderHandlers {
  /** It is being moved. */
  slide(value: number): void;
  /** It was let go. */
  finish(): void;
}

/** A slider between two ends that can be edited. */
export interface Slider {
  readonly element: HTMLElement;
  /** Shows a value; a range that lacks it is replaced by the one about it. */
  show(value: number): void;
}

/**
 * A slider of a number.
 *
 * @param name what it is the value of, for people.
 * @param about the range about a value.
 * @param kept the range it had before, if it had one; `keep` is told when it has another.
 */
export function createSlider(
  name: string,
  about: (value: number) => Extent,
  { kept, keep }: { readonly kept: Extent | undefined; readonly keep: (extent: Extent) => void },
  handlers: SliderHandlers,
): Slider {
  const element = document.createElement('div');
  element.className = 'slider';
  const range = document.createElement('input');
  range.type = 'range';
  range.min = '0';
  range.max = `${PLACES}`;
  range.setAttribute('aria-label', `${name}, slider`);
  const least = endOf(`least ${name} of the slider`);
  const most = endOf(`largest ${name} of the slider`);
  element.append(least, range, most);
  let extent: Extent = kept ?? { from: 0, to: 1, scale: 'linear' };
  let hasRange = kept !== undefined;
  let shown = Number.NaN;

  const take = (next: Extent) => {
    extent = next;
    hasRange = true;
    keep(extent);
    least.value = shortText(extent.from);
    most.value = shortText(extent.to);
  };
  const place = () => {
    range.value = `${Math.round(PLACES * shareAt(extent, shown))}`;
    range.setAttribute('aria-valuetext', `${shown}`);
  };
  const onEnds = () => {
    const [from, to] = [Number(least.value), Number(most.value)];
    const isLogarithmic = extent.scale === 'log' && from > 0;
    const isRange = least.value !== '' && most.value !== '' && from < to;
    if (isRange) take({ from, to, scale: isLogarithmic ? 'log' : 'linear' });
    for (const end of [least, most]) end.setAttribute('aria-invalid', String(!isRange));
    if (isRange && shown >= from && shown <= to) place();
    else if (isRange) slideTo(shown < from ? from : to);
  };
  const slideTo = (value: number) => {
    shown = value;
    place();
    handlers.slide(value);
    handlers.finish();
  };
  for (const end of [least, most]) end.addEventListener('change', onEnds);
  range.addEventListener('input', () => {
    shown = readable(valueAt(extent, range.valueAsNumber / PLACES), extent);
    range.setAttribute('aria-valuetext', `${shown}`);
    handlers.slide(shown);
  });
  range.addEventListener('change', handlers.finish);

  return {
    element,
    show(value) {
      if (!Number.isFinite(value)) return; // its field says so
      const isInside = value >= extent.from && value <= extent.to;
      take(hasRange && isInside ? extent : about(value));
      if (value === shown) return; // a hand that holds the slider has put it there
      shown = value;
      place();
    },
  };
}

/** A value in as few digits as tell the places of a slider apart. */
function readable(value: number, { from, to, scale }: Extent): number {
  const step = scale === 'log' ? (value * Math.log(to / from)) / PLACES : (to - from) / PLACES;
  const digits = Math.ceil(-Math.log10(step));
  const rounded = digits >= 0 && digits <= 100 ? Number(value.toFixed(digits)) : value;
  return Math.max(from, Math.min(to, rounded));
}

/** A number as it fits into a small field. */
function shortText(value: number): string {
  const [plain, short] = [`${value}`, value.toExponential()];
  return plain.length > MOST_CHARACTERS && short.length < plain.length ? short : plain;
}

function endOf(label: string): HTMLInputElement {
  const end = document.createElement('input');
  end.type = 'number';
  end.step = 'any';
  end.setAttribute('aria-label', label);
  return end;
}
