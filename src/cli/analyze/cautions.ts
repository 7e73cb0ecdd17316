import { ballisticWindow } from '../../analysis/windows.ts';
import { type ColumnTheory, LEAST_VALIDITY } from '../../study/column-theory.ts';
import { ifKnown } from '../../study/known.ts';
import { startsOf } from '../../study/starts.ts';
import { everyColumn, numbersOf, type Study } from '../../study/study.ts';
import { plainText, shareText } from './number-text.ts';
import { placeText } from './place-text.ts';

/** Share of the orbits that must have last states of their own. */
const DISTINCT = 0.25;
/** Last states that are told apart in a column, at most. */
const MOST_DISTINCT = 4096;
/** Windows of at most so many cells are wide enough that K less than a width away is beside them. */
const WIDE = 10;

/** What a reader should know of the whole run before trusting its numbers. */
export function cautionsOf(
  study: Study,
  theoryOf: (column: number) => ColumnTheory,
): readonly string[] {
  const columns = everyColumn(study);
  const global = columns.filter((column) => 'value' in theoryOf(column).kicks);
  return [
    ...diverged(study),
    ...invalid(study, global, theoryOf),
    ...ballistic(study, global, theoryOf),
    ...collapsed(study),
    ...(study.spec.optimizer.rule !== 'stochastic-map' &&
    columns.some((column) => startsOf(study.spec, column).isOne) &&
    study.spec.ensemble.orbits > 1
      ? [
          'all orbits of a column start at one place: where nothing disturbs them they are one orbit, however many they are',
        ]
      : []),
  ];
}

function diverged(study: Study): readonly string[] {
  const counts = numbersOf(study, 'diverged');
  const columns = everyColumn(study).filter((column) => counts.at(column) > 0);
  const [first] = columns;
  if (first === undefined) return [];
  const { orbits } = study.spec.ensemble;
  const gone = columns.reduce((sum, column) => sum + counts.at(column), 0);
  const where =
    study.columns === 1 ? '' : `, in ${shareText(columns.length, study.columns, 'columns')}`;
  return [
    `${shareText(gone, study.columns * orbits, 'orbits')} diverged${where}: numbers are of the others, and of what those did before`,
  ];
}

function invalid(
  study: Study,
  global: readonly number[],
  theoryOf: (column: number) => ColumnTheory,
): readonly string[] {
  const weak = global.filter((column) => theoryOf(column).validity < LEAST_VALIDITY);
  const validities = weak.map((column) => theoryOf(column).validity);
  if (weak.length === 0) return [];
  const [least, most] = [Math.min(...validities), Math.max(...validities)];
  const range =
    least === most ? plainText(least, 3) : `${plainText(least, 3)} to ${plainText(most, 3)}`;
  const where =
    study.columns === 1 ? '' : ` in ${shareText(weak.length, study.columns, 'columns')}`;
  return [
    `eta^2 / epsilon is below ${LEAST_VALIDITY}${where} (${range}): there neither Gibbs' law nor the stochastic map's need hold`,
  ];
}

function ballistic(
  study: Study,
  global: readonly number[],
  theoryOf: (column: number) => ColumnTheory,
): readonly string[] {
  if (study.spec.optimizer.rule !== 'gd') return []; // known of its map
  const placed = global.flatMap((column) => {
    const theory = theoryOf(column);
    const [noise, ...others] = ifKnown(theory.noises) ?? [];
    if (others.length > 0 || noise?.noise.amplitudes?.length !== 1) return []; // known of one sine
    const K = ifKnown(theory.K) ?? Number.NaN;
    const cells = Math.max(1, Math.round(K / (2 * Math.PI)));
    const [from, to] = ballisticWindow(cells);
    const width = cells <= WIDE ? to - from : 0;
    if (!(K >= from - width && K < to + width)) return [];
    return [{ column, cells, isInside: K >= from && K < to }];
  });
  const [first] =
    placed.filter(({ isInside }) => isInside).length > 0
      ? placed.filter(({ isInside }) => isInside)
      : placed;
  if (!first) return [];
  const words = first.isInside ? 'lies in' : 'lies beside';
  const rest = placed.length > 1 ? `, and ${placed.length - 1} more columns` : '';
  const where = study.columns === 1 ? '' : ` (${placeText(study, first.column)}${rest})`;
  return [
    `K = A eta / epsilon ${words} a ballistic window${where}: orbits may run off ${first.cells === 1 ? 'a cell' : `${first.cells} cells`} in every step, and statistics are not those of chaos`,
  ];
}

/** Columns that wander and yet have few last states: the arithmetic has brought orbits together. */
function collapsed(study: Study): readonly string[] {
  const { measures, ensemble } = study.spec;
  if (!Object.hasOwn(study.result.arrays, 'distinct')) return []; // written before there was one
  const exponents = measures.find((request) => request.measure === 'lyapunov');
  const map = measures.find(({ measure }) => measure === 'regime');
  const regime = map && numbersOf(study, map.name);
  const first =
    exponents?.measure === 'lyapunov'
      ? numbersOf(study, exponents.name, [exponents.exponents])
      : undefined;
  if (!regime && !first) return []; // nothing says that orbits should differ
  const distinct = numbersOf(study, 'distinct');
  const orbits = Math.min(ensemble.orbits, MOST_DISTINCT);
  const few = everyColumn(study).filter((column) => {
    const isChaotic = regime
      ? regime.at(column) === 2 || regime.at(column) === 3
      : (first?.at(column) ?? 0) > 0;
    // Orbits that are one in all are counted once.
    const isOne = distinct.at(column) === 1 && startsOf(study.spec, column).isOne;
    return isChaotic && !isOne && distinct.at(column) < DISTINCT * orbits;
  });
  const [one] = few;
  if (one === undefined) return [];
  return [
    `few distinct last states where orbits are chaotic, in ${shareText(few.length, study.columns, 'columns')}${study.columns === 1 ? '' : ` (${placeText(study, one)})`}: ${distinct.at(one)} of ${orbits} orbits; standard errors are too small`,
  ];
}
