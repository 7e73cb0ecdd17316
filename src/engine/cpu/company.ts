import { BLOCK } from './block.ts';
import type { KernelExports, KernelFunction } from './kernel-text.ts';
import type { Kept, Lanes } from './lanes.ts';
import type { Pace } from './pace.ts';
import type { Segment } from './segments.ts';

/** What a company works with. */
export interface CompanyRequest {
  readonly kernels: KernelExports;
  readonly lanes: Lanes;
  readonly pace: Pace;
  /** Steps that may be observed before the counts must be taken, a whole number of blocks. */
  room(): number;
  /** Orbits have taken steps, all together. */
  onSteps(orbitSteps: number): void;
  /** Every lane may have been counted so often. */
  onObserved(steps: number): void;
}

/**
 * Orbits that take all their steps side by side, each in the lane of its place, one company after the other in
 * the same lanes: as long as nobody stops, nothing is done for a single lane between two kernels.
 */
export interface Company {
  /** Lets orbits of the tile begin, from `first` on, with what was kept of them. */
  begin(first: number, count: number, kept: Kept): void;
  /** Lets them take the steps of a segment, after those of the one before. */
  enter(segment: Segment): void;
  /** Works until all is done, it has worked for a while, has no room, or somebody stops; whether there is more to do. */
  work(): boolean;
  /** Steps of the segment that all have taken and that were told; set where somebody stops: a crowd has to go on. */
  readonly parted: number | undefined;
}

export function createCompany(request: CompanyRequest): Company {
  const { kernels, lanes, pace, room } = request;
  let segment: Segment | undefined;
  let left = 0; // steps of the segment
  let told = 0; // steps of the segment
  let parted: number | undefined;
  let isConfined = false;

  const tell = ({ steps }: Segment) => {
    const taken = steps - left;
    request.onSteps((taken - told) * lanes.following);
    told = taken;
  };
  const part = (of: Segment) => {
    tell(of);
    parted = told;
  };
  /** Takes up to so many steps; returns how many. */
  const advance = (of: Segment, most: number): number => {
    const { isObserved, mark } = of;
    const wanted = BLOCK * Math.floor(Math.min(most, left) / BLOCK);
    const taken = wanted > 0 ? wanted - whole(isObserved)(wanted, mark) : 0;
    left -= taken;
    if (taken < wanted) {
      lanes.renew(left);
      part(of); // somebody stops in the next block
      return taken;
    }
    if (left === 0 || left >= BLOCK || taken === most) return taken;
    const rest = left;
    lanes.renew(rest);
    (isObserved ? kernels.observeEach : kernels.settleEach)(rest, mark);
    if (lanes.areGoing()) left = 0;
    else part(of);
    return taken + rest;
  };
  const whole = (isObserved: boolean): KernelFunction =>
    isObserved
      ? (isConfined && kernels.observeConfined) || kernels.observe
      : (isConfined && kernels.settleConfined) || kernels.settle;

  return {
    begin(first, count, kept) {
      parted = undefined;
      if (lanes.seat(first, count, kept)) isConfined = lanes.areConfined();
    },
    enter(begun) {
      segment = begun;
      left = begun.steps;
      told = 0;
    },
    work() {
      if (!segment) return false;
      while (left > 0 && parted === undefined) {
        if (segment.isObserved && room() === 0) break;
        const most = segment.isObserved ? Math.min(pace.chunk, room()) : pace.chunk;
        const steps = advance(segment, most);
        if (segment.isObserved) request.onObserved(steps);
        if (pace.isDue(steps)) break;
      }
      if (parted !== undefined) return false;
      tell(segment);
      return left > 0;
    },
    get parted() {
      return parted;
    },
  };
}
