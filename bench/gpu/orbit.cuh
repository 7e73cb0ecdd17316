// An orbit of x <- x - eta (x + cos(x / epsilon)) in the registers of a thread, in two representations:
//   Float32    y = x in units of the micro-structure, in f32: what the hardware does. It falls on short cycles.
//   Statistics cell + phase in 32.32 fixed point, with noise of one unit in the last place of each kick:
//              what etascope's precision of that name does.
// Each takes the cosine of the special-function units, or a polynomial on the others.
//
// Under a C++ compiler the same text is ordinary functions, so that its arithmetic can be tested where there
// is no GPU: bench/peers/method.md.
#pragma once
#include <math.h>
#include <string.h>

#ifdef __CUDACC__
#define DEVICE __device__ __forceinline__
#else
#define DEVICE inline
inline float __cosf(float x) { return cosf(x); }
inline int __float_as_int(float x) {
  int bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}
// Like the device's: what does not fit becomes the nearest that does.
inline int __float2int_rz(float x) {
  return x >= 2147483648.f ? 2147483647 : x < -2147483648.f ? -2147483647 - 1 : (int)x;
}
#endif

/// What all orbits of a run share.
struct Sweep {
  int columns, orbits, bins;
  double etaFrom, etaTo, epsilon, startFrom, startTo, rangeFrom, rangeTo;
};

/// The rate of a column, and the first state of an orbit: cell-centred.
DEVICE double etaOf(const Sweep &sweep, int column) {
  return sweep.etaFrom + (column + 0.5) * ((sweep.etaTo - sweep.etaFrom) / sweep.columns);
}
DEVICE double startOf(const Sweep &sweep, int orbit) {
  return sweep.startFrom + (orbit + 0.5) * ((sweep.startTo - sweep.startFrom) / sweep.orbits);
}

/// 1.5 * 2^23: adding it rounds to whole numbers, which then stand in the low bits. A conversion would take
/// the special-function units from the cosine.
constexpr float ROUNDER = 12582912.f;
constexpr double TWO_PI = 6.283185307179586;

/// cos 2 pi t by q = 1 - 4 |t| for |t| <= 1/2: sin(pi q / 2), as in shaders/lib/position.wgsl (3.4e-9).
DEVICE float cosineOfQuarters(float q) {
  const float s = q * q;
  float tail = fmaf(s, 0x1.3c4b2ap-13f, -0x1.3232fap-8f);
  tail = fmaf(s, tail, 0x1.46676ep-4f);
  tail = fmaf(s, tail, -0x1.4abbb6p-1f);
  tail = fmaf(s, tail, 0x1.243f6ap-1f);
  return fmaf(q, tail, q);
}

/// Where states are counted: slot = value * scale + shift, with a slot below and one above the range.
struct Slots {
  float scale, shift, last;

  DEVICE Slots(const Sweep &sweep, double unit) {
    const double perX = sweep.bins / (sweep.rangeTo - sweep.rangeFrom);
    scale = (float)(perX * unit);
    shift = (float)(1 - sweep.rangeFrom * perX);
    last = (float)(sweep.bins + 1);
  }
  DEVICE int of(float value) const {
    return __float2int_rz(fminf(fmaxf(fmaf(value, scale, shift), 0.f), last));
  }
};

/// y <- a y + b cos y, a = 1 - eta, b = -eta / unit: radians for the hardware's cosine, turns for the polynomial.
template <bool IS_POLYNOMIAL> struct Float32 {
  struct Column {
    float a, b;
    Slots slots;
    DEVICE Column(const Sweep &sweep, int column)
        : a((float)(1 - etaOf(sweep, column))), b((float)(-etaOf(sweep, column) / unitOf(sweep))),
          slots(sweep, unitOf(sweep)) {}
  };
  float y;

  static DEVICE double unitOf(const Sweep &sweep) { return sweep.epsilon * (IS_POLYNOMIAL ? TWO_PI : 1); }
  DEVICE void start(const Sweep &sweep, int, int orbit) { y = (float)(startOf(sweep, orbit) / unitOf(sweep)); }
  DEVICE void step(const Column &column) {
    float cosine;
    if (IS_POLYNOMIAL) {
      const float whole = (y + ROUNDER) - ROUNDER;
      cosine = cosineOfQuarters(fmaf(-4.f, fabsf(y - whole), 1.f));
    } else {
      cosine = __cosf(y);
    }
    y = fmaf(column.a, y, column.b * cosine);
  }
  DEVICE int slot(const Column &column) const { return column.slots.of(y); }
};

/// position -= eta turns + eta / unit cos, in turns: 64 bits, the low half of them the phase.
template <bool IS_POLYNOMIAL> struct Statistics {
  struct Column {
    float eta, amplitude;
    Slots slots;
    DEVICE Column(const Sweep &sweep, int column)
        : eta((float)etaOf(sweep, column)), amplitude((float)(etaOf(sweep, column) / unitOf(sweep))),
          slots(sweep, unitOf(sweep)) {}
  };
  unsigned phase;
  int cell;
  unsigned noise;

  static DEVICE double unitOf(const Sweep &sweep) { return sweep.epsilon * TWO_PI; }
  DEVICE void start(const Sweep &sweep, int column, int orbit) {
    const long long position = llrint(startOf(sweep, orbit) / unitOf(sweep) * 4294967296.0);
    phase = (unsigned)position;
    cell = (int)(position >> 32);
    noise = (column * sweep.orbits + orbit) * 0x9e3779b9u; // each orbit at a place of its own
    noise ^= noise >> 15;
  }
  DEVICE float phaseAsFloat() const { return (float)(int)phase; }
  // The phase read as signed is a turn less from one half on: the cell makes up for it.
  DEVICE float turns(float signedPhase) const {
    return fmaf(signedPhase, 0x1p-32f, (float)(cell + (int)(phase >> 31)));
  }
  DEVICE void step(const Column &column) {
    const float signedPhase = phaseAsFloat();
    const float cosine = IS_POLYNOMIAL ? cosineOfQuarters(fmaf(-0x1p-30f, fabsf(signedPhase), 1.f))
                                       : __cosf(signedPhase * (float)(TWO_PI / 4294967296.0));
    const float kick = fmaf(column.eta, turns(signedPhase), column.amplitude * cosine);
    const float biased = kick + ROUNDER;
    const int whole = __float_as_int(biased) - __float_as_int(ROUNDER);
    const int part = __float2int_rz((kick - (biased - ROUNDER)) * 0x1p32f);
    // Uniform in half a unit of the kick to both sides: 2^(exponent - 24) turns of 2^32 parts.
    noise = noise * 0x915f77f5u + 0x6a09e667u;
    const int exponent = (__float_as_int(kick) >> 23) & 0xff;
    const int reach = 150 - exponent;
    const int dither = (int)noise >> (reach < 31 ? reach : 31);
    const long long change = (long long)dither - part;
    const long long position = (long long)(((unsigned long long)(unsigned)cell << 32) | phase) + change;
    phase = (unsigned)position;
    cell = (int)(position >> 32) - whole;
  }
  DEVICE int slot(const Column &column) const { return column.slots.of(turns(phaseAsFloat())); }
};
