import { choiceText, type MapChoice } from '../export/map-arrays.ts';
import type { MeasureRequest, Spec } from '../spec/spec.ts';

/** What an array of a map shows, in words where there are any: `Lyapunov exponent λ (per step)`. */
export function arrayLabel({ measures }: Spec, choice: MapChoice): string {
  const { name } = choice.array;
  const request = measures.find((candidate) => name.startsWith(candidate.name));
  return (
    (request && labelOf(request, name.slice(request.name.length), choice)) ?? choiceText(choice)
  );
}

function labelOf(request: MeasureRequest, part: string, { place }: MapChoice): string | undefined {
  switch (request.measure) {
    case 'lyapunov':
      return part === ''
        ? `${exponentName(place[0] ?? 0, request.exponents)} (per step)`
        : undefined;
    case 'moments':
      return momentNames.includes(part.slice(1))
        ? momentLabel(part.slice(1), request.of)
        : undefined;
    case 'period':
      return part === '' ? 'period' : undefined;
    case 'escape':
      return part === '_mean' ? escapeLabel(request.when) : undefined;
    case 'regime':
      return part === '' ? 'regime' : undefined;
    default:
      return undefined;
  }
}

export const momentNames: readonly string[] = ['mean', 'variance', 'skewness', 'kurtosis'];

/** `variance of x`; the kurtosis is that over a normal law's. */
export function momentLabel(moment: string, of: string): string {
  return `${moment === 'kurtosis' ? 'excess kurtosis' : moment} of ${of}`;
}

/** `Lyapunov exponent λ`, with its number where there are more. */
export function exponentName(index: number, exponents: number): string {
  return `Lyapunov exponent λ${exponents === 1 ? '' : subscript(index + 1)}`;
}

/** Digits of a number below the line. */
function subscript(number: number): string {
  return [...String(number)].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');
}

export function escapeLabel(when: string): string {
  return `mean steps to ${when}`;
}
