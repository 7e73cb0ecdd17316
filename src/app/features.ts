import type { Feature } from './context.ts';
import { engineSwitch } from './engine-switch.ts';
import { mapTools } from './map/map-tools.ts';
import { presetPicker } from './objectives/preset-picker.ts';
import { out } from './out/out.ts';
import { contours } from './pictures/contours.ts';
import { pictureKey } from './pictures/key.ts';
import { unpictured } from './pictures/unpictured.ts';
import { recovery } from './recovery.ts';
import { theme } from './theme/theme.ts';
import { tour } from './tour/tour.ts';
import { linkedViews } from './views/views.ts';

/** The parts of the page beside the map and the panel, in the order they are built. */
export const features: readonly Feature[] = [
  mapTools,
  linkedViews,
  presetPicker,
  pictureKey,
  contours,
  unpictured,
  engineSwitch,
  out,
  recovery,
  theme,
  tour,
];
