import { BLOCK } from './block.ts';
import type { KernelExports, KernelFunction } from './kernel-text.ts';
import type { Kept, Lanes } from './lanes.ts';
import type { Pace } from './pace.ts';
import type { Segment } from './segments.ts';

/** Blocks that a kernel without masks must get through for it to have been worth while. */
const WORTH = 4;
/** Blocks after which it is tried again, at most. */
const LONGEST_WAIT = 64;

/** What a crowd works with. Orbits are known by their places in what is kept of them. */
export interface CrowdRequest {
  readonly kernels: KernelExports;
  readonly lanes: Lanes;
  readonly kept: Kept;
  readonly pace: Pace;
  /** Steps that may be observed before the counts must be taken, a whole number of blocks. */
  room(): number;
  /** An orbit is about to take the steps of a segment; returns its column. */
  onEnter(place: number, segment: Segment): number;
  /** An orbit, out of its lane again, has taken so many steps of a segment. */
  onLeave(place: number, segment: Segment, steps: number): void;
  /** An orbit has left the radius, or satisfied the condition, at the last of so many steps. */
  onStop(place: number, steps: number, isInside: boolean): void;
  /** Orbits have taken steps, all together. */
  onSteps(orbitSteps: number): void;
  /** Every lane may have been counted so often. */
  onObserved(steps: number): void;
}

/** Orbits that pass through the lanes of a kernel together. */
export interface Crowd {
  /** Lets orbits begin a segment, after all have left the one before. */
  enter(segment: Segment, places: readonly number[]): void;
  /** Takes over those who are in the lanes, and have taken so many steps of a segment that were told. */
  join(segment: Segment, taken: number): void;
  /** Works until nobody is left, or it has worked for a while, or has no room; whether there is more to do. */
  work(): boolean;
  /** Places of those that left the segment and did not stop, in any order. */
  readonly staying: readonly number[];
}

/**
 * A crowd in lanes: whoever is done makes room for the next that waits. As long as all lanes take all
 * steps of a block, the kernels without masks are used.
 */
export function createCrowd(request: CrowdRequest): Crowd {
  const { kernels, lanes, kept, pace, room, onEnter, onLeave, onStop } = request;
  const { size } = lanes;
  const credited = new Float64Array(size); // steps of each lane that count as done
  let wait = 1; // blocks to take with masks after some lane stopped
  let waited = 1; // blocks so taken
  let segment: Segment | undefined;
  let waiting: readonly number[] = [];
  let staying: number[] = [];
  let next = 0;

  const fill = (segment: Segment): boolean => {
    if (next === waiting.length || lanes.following === size) return false;
    const before = next;
    for (let lane = 0; lane < size && next < waiting.length; lane++) {
      if (lanes.orbitOf(lane) >= 0) continue;
      const place = waiting[next++] ?? 0;
      lanes.put(lane, place, onEnter(place, segment), kept, segment.steps);
      credited[lane] = 0;
    }
    return next > before;
  };
  /** Says how many steps of its segment an orbit has taken. */
  const credit = (lane: number, taken: number) => {
    request.onSteps(taken - (credited[lane] ?? 0));
    credited[lane] = taken;
  };
  const creditAll = (segment: Segment) => {
    for (let lane = 0; lane < size; lane++) {
      if (lanes.orbitOf(lane) >= 0) credit(lane, segment.steps - lanes.leftOf(lane));
    }
  };
  /** Takes the orbits that are done out of the lanes. */
  const collect = (segment: Segment) => {
    for (let lane = 0; lane < size; lane++) {
      if (!lanes.isDone(lane)) continue;
      const place = lanes.orbitOf(lane);
      const taken = segment.steps - lanes.leftOf(lane);
      credit(lane, taken);
      const isGoing = lanes.isGoing(lane);
      if (isGoing) staying.push(place);
      const isInside = isGoing || lanes.isInside(lane, (at) => lanes.positionOf(lane, at));
      lanes.take(lane, kept);
      onLeave(place, segment, taken);
      if (!isGoing) onStop(place, segment.from + taken, isInside);
    }
  };
  const chooseWhole = (isObserved: boolean): KernelFunction => {
    lanes.mirror();
    const isConfined = lanes.areConfined();
    return isObserved
      ? (isConfined && kernels.observeConfined) || kernels.observe
      : (isConfined && kernels.settleConfined) || kernels.settle;
  };
  /**
   * One call of a kernel, or two where some lane stops; then takes out who is done.
   *
   * @returns the steps that lanes took, at most.
   */
  const advance = (segment: Segment): number => {
    const { isObserved, mark } = segment;
    const most = isObserved ? Math.min(pace.chunk, room()) : pace.chunk;
    const each = isObserved ? kernels.observeEach : kernels.settleEach;
    if (waited < wait) {
      // Someone will soon be done: how many steps are left to whom does not matter.
      const wanted = Math.min(most, (wait - waited) * BLOCK);
      const taken = wanted - each(wanted, mark);
      waited += Math.ceil(taken / BLOCK);
      collect(segment);
      return taken;
    }
    const shortest = lanes.leastLeft();
    let done = 0;
    const blocks = Math.floor(Math.min(most, shortest) / BLOCK);
    if (blocks > 0) {
      done = blocks * BLOCK - chooseWhole(isObserved)(blocks * BLOCK, mark);
      lanes.spend(done);
      if (done < blocks * BLOCK) {
        // Some lane stops in the next block, and was found out for nothing if that was the first.
        wait = done < WORTH * BLOCK ? Math.min(LONGEST_WAIT, 2 * wait) : 1;
        waited = 1;
      } else if (done === shortest) {
        collect(segment);
        return done;
      } else if (shortest - done >= BLOCK || done === most) {
        return done; // nobody is done
      }
    }
    const wanted = Math.min(most - done, lanes.mostLeft(), BLOCK);
    const taken = done + wanted - each(wanted, mark);
    collect(segment);
    return taken;
  };

  return {
    enter(begun, places) {
      segment = begun;
      staying = [];
      if (kernels.begin) lanes.watch(begun.isWatched);
      waiting = places;
      next = 0;
    },
    join(begun, taken) {
      segment = begun;
      staying = [];
      waiting = [];
      next = 0;
      credited.fill(taken);
      collect(begun);
    },
    work() {
      if (!segment) return false;
      for (;;) {
        while (fill(segment) && segment.from === 0 && kernels.begin) {
          kernels.begin(0, 0);
          collect(segment);
        }
        if (lanes.following === 0) return false;
        if (segment.isObserved && room() === 0) return true;
        const steps = advance(segment);
        if (segment.isObserved) request.onObserved(steps);
        if (pace.isDue(steps)) {
          creditAll(segment);
          return true;
        }
      }
    },
    get staying() {
      return staying;
    },
  };
}
