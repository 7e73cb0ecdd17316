import type { Feature } from '../context.ts';
import { createChart, curve, dots, drawChart } from './chart.ts';
import { around, here } from './here.ts';
import { createSection } from './section.ts';
import { sideRoom } from './side-room.ts';

/** Places at which a curve is drawn. */
const PLACES = 800;

/** The orbit at the cursor: as a cobweb of its map, and on the objective and its macro part. */
export const cobweb: Feature = (context) => {
  const { events, signal } = context;
  const web = createChart('Cobweb of the orbit at the cursor');
  const section = createSection(context, 'side', { name: 'cobweb', title: 'Orbit here' }, () =>
    draw(),
  );
  const words = document.createElement('p');
  const hills = createChart('The objective, its macro part and the orbit at the cursor');
  section.body.append(web, hills, words);

  const draw = () => {
    const found = here(context);
    const { optimizer, objective } = context.state.request.spec;
    if (!found) return;
    const { landscape, orbit, step, setting, start } = found;
    const [x0 = 0] = start;
    const settled = (orbit?.settled ?? []).map(([x = 0]) => x);
    const states = [...(orbit?.first ?? [start]).map(([x = 0]) => x), ...settled];
    const cell = objective.micro === '' ? 0 : 8 * (setting.epsilon ?? 0); // a period of -cos, and some
    const whole = around(states, cell);
    // An orbit that was caught far from its start is shown where it is.
    const isCaught = settled.length > 0 && lengthOf(around(settled, cell)) < lengthOf(whole) / 8;
    const [from, to] = isCaught && cell > 0 ? around(settled, cell) : whole;
    const extent = { from, to, scale: 'linear' } as const;
    const [name = 'x'] = objective.variables;
    const places = Array.from(
      { length: PLACES },
      (_, place) => from + ((place + 0.5) * (to - from)) / PLACES,
    );
    const isMap = optimizer.rule === 'gd'; // with momentum the next state depends on two
    web.style.display = isMap ? '' : 'none';
    if (isMap && orbit && step) {
      drawChart(web, {
        ...sideRoom(section.body, 244),
        across: extent,
        up: extent,
        names: { across: name, up: `${name}′` },
        shapes: (frame) => [
          curve(
            'diagonal',
            [
              [from, from],
              [to, to],
            ],
            frame,
          ),
          curve(
            'macro',
            places.map((x) => [x, step([x], [x])[0] ?? Number.NaN]),
            frame,
          ),
          curve('path', webOf(orbit.first), frame),
          curve('settled', webOf(orbit.settled), frame),
        ],
      });
    }
    const levels = places.map((x) => ({ x, ...landscape.values([x]) }));
    const [low, high] = around(
      levels.flatMap(({ f, macro }) => [f, macro]).filter(Number.isFinite),
    );
    drawChart(hills, {
      ...sideRoom(section.body, 164),
      across: extent,
      up: { from: low, to: high, scale: 'linear' },
      names: { across: name, up: 'f' },
      shapes: (frame) => [
        curve(
          'theory',
          levels.map(({ x, macro }) => [x, macro]),
          frame,
        ),
        curve(
          'macro',
          levels.map(({ x, f }) => [x, f]),
          frame,
        ),
        ...dots(
          'past',
          (orbit?.first ?? [start]).map((p) => [p[0] ?? 0, landscape.values(p).f]),
          frame,
          1.5,
        ),
        ...dots(
          'orbit',
          (orbit?.settled ?? []).map((p) => [p[0] ?? 0, landscape.values(p).f]),
          frame,
          2.5,
        ),
      ],
    });
    section.body.dataset.eta = String(setting.eta);
    section.body.dataset.orbit = JSON.stringify(orbit?.first.map(([x]) => x) ?? []);
    words.textContent = orbit
      ? `η = ${brief(setting.eta)}, from ${name} = ${brief(x0)}: faint its first steps, bright when it has settled; dashed the macro part f₀.`
      : 'No orbit is followed here: this rule draws its kicks, or is no map. Dashed the macro part f₀.';
  };
  events.on(
    'request',
    ({ request }) => {
      section.offer(request.spec.objective.variables.length === 1);
      section.refresh();
    },
    signal,
  );
  for (const event of ['cursor', 'viewport'] as const) events.on(event, section.refresh, signal);
};

/** The line of a cobweb: from each state up to the next one, and over to the diagonal. */
function webOf(states: readonly (readonly number[])[]): readonly (readonly [number, number])[] {
  return states.slice(0, -1).flatMap(([x = 0], n) => {
    const [next = 0] = states[n + 1] ?? [];
    return [
      [x, next],
      [next, next],
    ] as const;
  });
}

const lengthOf = ([low, high]: readonly [number, number]) => high - low;

const brief = (value: number) => String(Number(value.toPrecision(5)));
