/** Whether this run only shows that the benches work: every size is small, and no figure is judged. */
export const isQuick: boolean = process.argv.includes("--quick")

/**
 * Factor from the environment: `BENCH_SCALE=0.05` runs the large benches at a twentieth of their size, as a smoke test.
 */
const scale = Number(process.env.BENCH_SCALE ?? (isQuick ? "0.01" : "1"))

/** A size multiplied by the scale of this run; at least 1. */
export const scaled = (size: number): number => Math.max(1, Math.round(size * scale))

/** A number of rounds, windows or milliseconds of this run: `usual`, or `quick` with `--quick`. */
export const usually = (usual: number, quick: number): number => (isQuick ? quick : usual)
