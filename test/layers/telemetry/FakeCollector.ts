import { once } from "node:events"
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http"
import { setTimeout as wait } from "node:timers/promises"

/** How a collector takes what it is told: as it should, never, or with a refusal. */
export type Mood = "takes" | "hangs" | { readonly status: number; readonly headers?: Record<string, string> }

/** One attribute, as OTLP writes it. */
interface Attribute {
  readonly key: string
  readonly value: { readonly stringValue?: string; readonly intValue?: number; readonly boolValue?: boolean }
}

/** What stands in a span or a line. */
export interface Told {
  readonly name?: string
  readonly kind?: number
  readonly traceId?: string
  readonly spanId?: string
  readonly parentSpanId?: string
  readonly severityText?: string
  readonly body?: { readonly stringValue?: string }
  readonly status?: { readonly code: number }
  readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>
}

const flat = (attributes: ReadonlyArray<Attribute>): Told["attributes"] =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.boolValue ?? undefined])
  )

/** An OpenTelemetry collector on loopback that a test looks into, and whose mood it sets. */
export class FakeCollector {
  /** Everything that came, as it came. */
  readonly received: Array<{ readonly path: string; readonly headers: IncomingHttpHeaders; readonly text: string }> = []
  mood: Mood = "takes"
  /** The most requests of one path that were open at once. */
  mostOpen = 0
  private readonly open = new Map<string, number>()
  private readonly held = new Set<ServerResponse>()

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeCollector> {
    const server = createServer()
    const collector = new FakeCollector(server)
    server.on("request", async (request, response) => {
      const path = request.url ?? ""
      const now = (collector.open.get(path) ?? 0) + 1
      collector.open.set(path, now)
      collector.mostOpen = Math.max(collector.mostOpen, now)
      response.once("close", () => collector.open.set(path, (collector.open.get(path) ?? 1) - 1))
      const chunks: Array<Buffer> = []
      request.on("error", () => {})
      for await (const chunk of request) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      collector.received.push({ path, headers: request.headers, text })
      if (collector.mood === "hangs") collector.held.add(response)
      else if (collector.mood === "takes") response.writeHead(200, { "content-type": "application/json" }).end("{}")
      else response.writeHead(collector.mood.status, collector.mood.headers).end("not today")
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    return collector
  }

  get url(): string {
    const address = this.server.address()
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`
  }

  /** All spans that came. */
  get spans(): ReadonlyArray<Told> {
    return this.within("/v1/traces", "spans")
  }

  /** All lines that came. */
  get lines(): ReadonlyArray<Told> {
    return this.within("/v1/logs", "logRecords")
  }

  /** The names of all measurements that came. */
  get metrics(): ReadonlyArray<string> {
    return this.within("/v1/metrics", "metrics").map(({ name = "" }) => name)
  }

  /** Waits until something holds of what came. */
  async until(holds: (collector: this) => boolean): Promise<void> {
    while (!holds(this)) await wait(20)
  }

  async stop(): Promise<void> {
    for (const response of this.held) response.destroy()
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, "close")
  }

  private within(path: string, list: string): ReadonlyArray<Told> {
    const found: Array<Told> = []
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return
      for (const [key, member] of Object.entries(value)) {
        if (key !== list) visit(member)
        else for (const told of member) found.push({ ...told, attributes: flat(told.attributes ?? []) })
      }
    }
    for (const one of this.received) if (one.path === path) visit(JSON.parse(one.text))
    return found
  }
}
