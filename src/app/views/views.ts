import type { Feature } from '../context.ts';
import { cobweb } from './cobweb.ts';
import { columnDensity } from './column-density.ts';
import { columnEscape } from './column-escape.ts';
import { exponentFigure } from './exponent-figure.ts';
import { exponentStrip } from './exponent-strip.ts';
import { periodStrip } from './period-strip.ts';
import { planeOrbit } from './plane-orbit.ts';
import { sideSwitch } from './side-switch.ts';
import { spokenCursor } from './spoken-cursor.ts';
import './views.css';

/** The views beside and under the map, all of the same run and the same cursor. */
export const linkedViews: Feature = (context) => {
  const strips = [exponentStrip, periodStrip];
  const views = [exponentFigure, ...strips, columnDensity, columnEscape, cobweb, planeOrbit];
  for (const view of [sideSwitch, ...views, spokenCursor]) view(context);
};
