import type { Feature } from '../context.ts';
import { boxZoom } from './box-zoom.ts';
import { fullScreen } from './full-screen.ts';
import { knownRates } from './known-rates.ts';
import { resolutionNotice } from './resolution-notice.ts';

/** What belongs to the map: units and thresholds, box zoom, full screen, and what it cannot resolve. */
export const mapTools: Feature = (context) => {
  for (const tool of [knownRates, boxZoom, fullScreen, resolutionNotice]) tool(context);
};
