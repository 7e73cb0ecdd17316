// The worker that laws are computed in: a convolution of many kicks, or a quadrature, takes its time.
import { type LawQuestion, lawsOf } from './laws.ts';

addEventListener('message', ({ data }: MessageEvent<LawQuestion>) => postMessage(lawsOf(data)));
