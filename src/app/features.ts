import type { Feature } from './context.ts';
import { mapTools } from './map/map-tools.ts';
import { presetPicker } from './objectives/preset-picker.ts';
import { pictureKey } from './pictures/key.ts';
import { unpictured } from './pictures/unpictured.ts';
import { theme } from './theme/theme.ts';
import { tour } from './tour/tour.ts';
import { linkedViews } from './views/views.ts';

/** The parts of the page beside the map and the panel, in the order they are built. */
export const features: readonly Feature[] = [
  mapTools,
  linkedViews,
  presetPicker,
  pictureKey,
  unpictured,
  theme,
  tour,
];
