import { BLOCK } from './block.ts';
import type { KernelExports } from './kernel-text.ts';
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
  /**
   * Lets orbits take the steps of a segment. It yields when it has worked for a while, or has no room.
   *
   * @returns the places of those that did not stop, in any order.
   */
  pass(segment: Segment, waiting: readonly number[]): Generator<void, number[]>;
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
  let staying: number[] = [];
  let next = 0;

  const fill = (segment: Segment, waiting: readonly number[]): boolean => {
    if (lanes.following === size) return false;
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
      const isInside = isGoing || lanes.isInside(lane, (at) => lanes.positionOf(lane, at));
      lanes.take(lane, kept);
      onLeave(place, segment, taken);
      if (isGoing) staying.push(place);
      else onStop(place, segment.from + taken, isInside);
    }
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
    let longest = 0;
    let shortest = Number.POSITIVE_INFINITY;
    for (let lane = 0; lane < size; lane++) {
      if (lanes.orbitOf(lane) < 0) continue;
      const left = lanes.leftOf(lane);
      longest = Math.max(longest, left);
      shortest = Math.min(shortest, left);
    }
    let done = 0;
    const blocks = Math.floor(Math.min(most, shortest) / BLOCK);
    if (blocks > 0) {
      lanes.mirror();
      const isConfined = lanes.areConfined();
      const whole = isObserved
        ? (isConfined && kernels.observeConfined) || kernels.observe
        : (isConfined && kernels.settleConfined) || kernels.settle;
      done = blocks * BLOCK - whole(blocks * BLOCK, mark);
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
    const wanted = Math.min(most - done, longest - done, BLOCK);
    const taken = done + wanted - each(wanted, mark);
    collect(segment);
    return taken;
  };

  return {
    *pass(segment, waiting) {
      staying = [];
      next = 0;
      lanes.watch(segment.isWatched);
      for (;;) {
        while (fill(segment, waiting) && segment.from === 0 && kernels.begin) {
          kernels.begin(0, 0);
          collect(segment);
        }
        if (lanes.following === 0) return staying;
        while (segment.isObserved && room() === 0) yield;
        const steps = advance(segment);
        if (segment.isObserved) request.onObserved(steps);
        if (pace.isDue(steps)) {
          creditAll(segment);
          yield;
        }
      }
    },
  };
}
