/**
 * Factor from the environment: `BENCH_SCALE=0.05` runs the large benches at a twentieth of their size, as a smoke test.
 */
const scale = Number(process.env.BENCH_SCALE ?? "1")

/** A size multiplied by the scale of this run; at least 1. */
export const scaled = (size: number): number => Math.max(1, Math.round(size * scale))
