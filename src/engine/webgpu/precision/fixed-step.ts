import type { WgslText } from '../../../formula/emit-wgsl.ts';
import type { ColumnTable } from '../column-table.ts';
import { type DrawnPhases, NEXT_DRAW } from '../rules/drawn-phases.ts';
import type { OrbitRule } from '../rules/orbit-rule.ts';
import { exactPush, momentumWord } from './momentum.ts';
import type { PolynomialKicks } from './polynomial-kick.ts';

/** What a coordinate in fixed point is moved by: WGSL, f32. */
export interface FixedCoordinate {
  readonly at: number;
  /** eta per unit of the position. */
  readonly scale: string;
  /** Unit of the position. */
  readonly length: string;
  /** How far it may go. */
  readonly limit: string;
  /** Its part of the gradient, after `moves.statements`. */
  readonly slope: string;
}

/** What a step in fixed point is written of. */
export interface FixedStepRequest {
  readonly coordinates: readonly FixedCoordinate[];
  readonly moves: WgslText;
  /** Kicks in fixed point, where the formulas allow it. */
  readonly polynomial: PolynomialKicks | undefined;
  readonly drawn: DrawnPhases | undefined;
  readonly rule: OrbitRule;
  readonly table: ColumnTable;
  /** A state made of values with the names of its fields, and of whether it is inside. */
  made(isInside: string): string;
}

/**
 * Writes `step` and `quickStep` of the module `orbit`, and `ahead` and `quickAhead` where the rule looks
 * ahead; adds words to the table.
 */
export function writeFixedStep(request: FixedStepRequest): string {
  return `
// Turns of a move up to which sums in fixed point do not overflow.
const LONGEST_MOVE = 0x20000000;
${writeStep(request, whole)}${writeStep(request, quick)}`;
}

/** How a step is called, and how it moves. */
interface Way {
  readonly step: string;
  readonly ahead: string;
  readonly about: string;
  readonly kicked: string;
  /** Whether a kick can be done: WGSL. */
  isNear(kick: string): string;
}

const whole: Way = {
  step: 'step',
  ahead: 'ahead',
  about:
    'One step of the rule. Where a kick is too large the position is wrong, and no longer inside.',
  kicked: 'kicked',
  isNear: (kick) => `(abs(${kick}) <= FARTHEST_KICK)`,
};
const quick: Way = {
  step: 'quickStep',
  ahead: 'quickAhead',
  about: 'The same bits without a branch, or a state that is not inside where that takes `step`.',
  kicked: 'quickKicked',
  isNear: (kick) => `(abs(${kick}) < NEAR_KICK)`,
};

function writeStep(request: FixedStepRequest, way: Way): string {
  const { coordinates, moves, polynomial, drawn, rule, table, made } = request;
  const each = (text: (of: FixedCoordinate) => string, separator = '\n  ') =>
    coordinates.map(text).join(separator);
  const { looksAhead, keepsMove } = rule;
  const hasPush = keepsMove && !looksAhead;
  /** momentum · move, in turns: f32. */
  const push = (at: number) => `${momentumWord(table)} * turnsOf(state.move${at})`;
  const pushed = (at: number) => `fixedSum(state.at${at}, ${exactPush(`state.move${at}`, table)})`;

  const validity = [
    each(({ at }) => way.isNear(`kick${at}`), ' & '),
    ...(looksAhead ? ['state.isInside'] : []),
    ...(moves.partial ? ['!outOfDomain'] : []),
  ].join(' & ');
  const clear = moves.partial ? '  outOfDomain = false;\n' : '';
  const kickOf = ({ at, scale, slope }: FixedCoordinate) =>
    `${scale} * ${slope}${hasPush ? ` - ${push(at)}` : ''}`;
  const kicks = `  ${moves.statements.join('\n  ')}
  ${each((of) => `let kick${of.at} = ${kickOf(of)};`)}`;
  /** Moves by kicks in f32. */
  const roundedMove = () => `${kicks}
  let isValid = ${validity};
${clear}  ${each(({ at }) => `let at${at} = ${way.kicked}(state.at${at}, kick${at}, noise${at});`)}`;
  /** Moves by kicks in fixed point, where they fit. */
  const exactMove = ({ isSafe, statements, kicks: exact }: PolynomialKicks) => {
    const isShort = coordinates.map(({ at }) => `abs(state.move${at}.cell) < LONGEST_MOVE`);
    const from = (at: number) => (hasPush ? pushed(at) : `state.at${at}`);
    const fits = [isSafe, ...(hasPush ? isShort : [])];
    const moved = (declare: string) =>
      each(({ at }) => `${declare}at${at} = fixedMove(${from(at)}, ${exact[at]}, noise${at});`);
    if (way === quick) {
      return `  let isValid = ${[...fits, ...(looksAhead ? ['state.isInside'] : [])].map((text) => `(${text})`).join(' & ')};
  ${statements.join('\n  ')}
  ${moved('let ')}`;
    }
    return `  var isValid = ${looksAhead ? 'state.isInside' : 'true'};
  ${each(({ at }) => `var at${at}: Coordinate;`)}
  if (${fits.join(' && ')}) {
    ${statements.join('\n    ')}
    ${moved('')}
  } else {
${kicks}
    isValid = ${validity};
  ${clear}  ${each(({ at }) => `at${at} = kicked(state.at${at}, kick${at}, noise${at});`)}
  }`;
  };

  const ahead = () => `
// Where the gradient is taken: no state of the orbit, so it has no noise of its own.
fn ${way.ahead}(state: State, column: Column) -> State {
  var next = state;
  ${each(({ at, length }) => {
    const held = polynomial ? pushed(at) : `${way.kicked}(state.at${at}, -push${at}, 0u)`;
    return `let push${at} = ${push(at)};
  next.at${at} = ${held};
  next.x${at} = turnsOf(next.at${at}) * ${length};
  next.isInside &= ${way.isNear(`2f * push${at}`)} & (abs(turnsOf(next.at${at})) <= FARTHEST_KICK);`;
  })}
  return next;
}
`;
  const given = looksAhead ? 'given' : 'state';
  const before = [
    ...(looksAhead ? [`let state = ${way.ahead}(given, column);`] : []),
    ...coordinates.map(
      (_, at) => `let noise${at} = nextNoise(${at === 0 ? 'state.noise' : `noise${at - 1}`});`,
    ),
    ...(drawn ? [...drawn.statements, `let draw = ${NEXT_DRAW};`] : []),
  ];
  const after = [
    ...coordinates.map(({ at, length }) => `let x${at} = turnsOf(at${at}) * ${length};`),
    ...(keepsMove
      ? coordinates.map(({ at }) => `let move${at} = between(at${at}, ${given}.at${at});`)
      : []),
    `let noise = noise${coordinates.length - 1};`,
  ];
  const isInside = `isValid & ${each(({ at, limit }) => `(abs(x${at}) <= ${limit})`, ' & ')}`;
  return `${looksAhead ? ahead() : ''}
// ${way.about}
fn ${way.step}(${given}: State, column: Column) -> State {
  ${before.join('\n  ')}
${polynomial ? exactMove(polynomial) : roundedMove()}
  ${after.join('\n  ')}
  return ${made(isInside)};
}
`;
}
