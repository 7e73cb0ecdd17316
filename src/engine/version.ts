import { version } from '../../package.json';

/** Version of this package, as it stands in every result. */
export const VERSION: string = version;
