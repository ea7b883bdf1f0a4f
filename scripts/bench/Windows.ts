import { type Cost, type Figure, median, percentile, reaching, spreadOf } from "./Figure.js"
import type { GoalName } from "./Goals.js"
import { answersIn, latenciesOf } from "./KeepAlive.js"
import { usually } from "./Scale.js"
import { cpuMillis, type Server } from "./Server.js"

const windows = Number(process.env.WINDOWS ?? usually(7, 2))

/** Length of a window in milliseconds. */
const windowMillis = Number(process.env.WINDOW ?? usually(1_000, 200))

/** A server and the requested path. */
export interface Subject {
  readonly name: string
  readonly server: Server
  readonly path: () => string
  readonly expected?: number
  /** Header lines, each with its line break. */
  readonly headers?: string
  readonly connections?: number
  /** Length of a window relative to the usual one. */
  readonly length?: number
}

/** CPU microseconds of a response in each window, and latencies of single requests in milliseconds. */
export interface Costs {
  readonly micros: ReadonlyArray<number>
  readonly latencies: ReadonlyArray<number>
}

const askOf = ({ expected = 200, headers = "", path }: Subject) => ({ expected, headers, path })

/** CPU microseconds for each response in one window, all threads of the server's process. */
const costOf = async (subject: Subject): Promise<number> => {
  const { connections = 32, length = 1, server } = subject
  const pid = server.child.pid ?? 0
  const before = await cpuMillis(pid)
  const ask = { ...askOf(subject), connections, millis: windowMillis * length }
  const answers = await answersIn(server.url, ask)
  return ((await cpuMillis(pid)) - before) * (1_000 / answers)
}

/** Requests from all subjects in alternating windows, so that the machine's other load falls on all of them. */
export const alternate = async (subjects: ReadonlyArray<Subject>): Promise<ReadonlyMap<Subject, Costs>> => {
  // The first window warms up.
  for (const subject of subjects) await costOf(subject)
  const micros = new Map<Subject, Array<number>>(subjects.map((subject) => [subject, []]))
  for (let window = 0; window < windows; window++) {
    for (const subject of subjects) micros.get(subject)?.push(await costOf(subject))
  }
  const costs = new Map<Subject, Costs>()
  for (const subject of subjects) {
    const latencies = await latenciesOf(subject.server.url, askOf(subject), usually(200, 3))
    costs.set(subject, { micros: micros.get(subject) ?? [], latencies })
  }
  return costs
}

/** Describes the costs of a subject in words. */
const described = (name: string, { latencies, micros }: Costs): string => {
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)].map((millis) => millis.toFixed(1))
  return `${name} ${median(micros).toFixed(0)} µs (one at a time: p50 ${p50}, p99 ${p99} ms)`
}

/** A figure of the table: the cost of `over` divided by that of `under`, window by window. */
export const ratioOf = (goal: GoalName, costs: ReadonlyMap<Subject, Costs>, over: Subject, under: Subject): Figure => {
  const [above, below] = [over, under].map((subject) => costs.get(subject) ?? { micros: [], latencies: [] })
  if (above === undefined || below === undefined) throw new Error(`nothing was measured for ${goal}`)
  const ratios = above.micros.map((cost, window) => cost / (below.micros[window] ?? Number.NaN))
  const drawn: ReadonlyArray<Cost> = [
    { name: over.name, ...spreadOf(above.micros) },
    { name: under.name, ...spreadOf(below.micros) }
  ]
  return reaching(goal, ratios, `${described(over.name, above)}, ${described(under.name, below)}`, drawn)
}
