// What stands beside the picture, in one module: it is read and run while the first picture is computed.
export { features } from './features.ts';
export { createPanel } from './panel.ts';
