/** `BENCH_SCALE=0.05` makes the large benches a twentieth of their size, to see that they run. */
const scale = Number(process.env.BENCH_SCALE ?? "1")

/** A size, as large as this run has it; at least 1. */
export const scaled = (size: number): number => Math.max(1, Math.round(size * scale))
