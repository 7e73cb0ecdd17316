import type { MapOptions } from '../export/map.ts';
import type { Size } from '../export/resample.ts';

/** How a result is plotted. */
export interface PlotOptions extends Omit<MapOptions, 'size' | 'bits'> {
  /** Default: the title of the spec. */
  readonly title?: string | undefined;
  /** Axes to be logarithmic that are not already; pictures have those of their cells. */
  readonly log?: 'x' | 'y' | 'xy' | undefined;
  /** Pixels between the axes of a panel; default 720 x 420, and less high where there are several. */
  readonly size?: Size | undefined;
}
