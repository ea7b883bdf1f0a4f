import { afterEach, describe, expect, it } from "vitest"
import { FakeCollector, type Mood } from "../fixtures/FakeCollector.js"
import { parse, valueOf } from "../unit/metrics/PrometheusText.js"
import { type LogLine, Program } from "./Program.js"

const token = "a-token-for-prometheus-and-nobody-else"
const canary = "canary-0123456789abcdef0123456789abcdef"
const traceId = "0af7651916cd43dd8448eb211c80319c"
const spanId = "b7ad6b7169203331"

describe("a collector of telemetry", () => {
  let site: Program | undefined
  let collector: FakeCollector | undefined

  afterEach(async () => {
    await site?.dispose()
    await collector?.stop()
  })

  const started = async (settings: Record<string, string> = {}, mood: Mood = "takes") => {
    const told = await FakeCollector.start()
    collector = told
    told.mood = mood
    const program = await Program.create({
      OTEL_EXPORTER_OTLP_ENDPOINT: told.url,
      STARPUNK_HEALTH_TOKEN: token,
      STARPUNK_TRUSTED_PROXIES: "127.0.0.1",
      STARPUNK_RATE_LIMIT_ENABLED: "false",
      ...settings
    })
    site = program
    await program.start()
    return { site: program, collector: told }
  }

  const failures = async (program: Program, signal: string) => {
    const response = await fetch(`${program.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
    return valueOf(parse(await response.text(), "prometheus"), "starpunk_telemetry_failures_total", { signal })
  }

  it("gets requests, log lines and metrics, in the trace of a trusted proxy, and no secret", async () => {
    const { collector, site } = await started({
      STARPUNK_OTLP_HEADERS: "x-api-key=open%20sesame,x-tenant=notes",
      OTEL_SERVICE_NAME: "my-notes"
    })
    const answer = await fetch(`${site.url}/notes/nothing?code=${canary}`, {
      headers: {
        traceparent: `00-${traceId}-${spanId}-01`,
        authorization: `Bearer ${canary}`,
        cookie: `starpunk_session=${canary}`
      }
    })
    const requestId = answer.headers.get("x-request-id")
    await answer.arrayBuffer()
    await collector.until(
      ({ lines, metrics, spans }) =>
        [lines, spans].every((told) => told.some((one) => one.traceId === traceId)) &&
        metrics.includes("http.server.request.duration")
    )

    const span = collector.spans.find(({ kind, traceId: trace }) => trace === traceId && kind === 2)
    expect(span).toMatchObject({
      parentSpanId: spanId,
      attributes: {
        "http.request.method": "GET",
        "http.route": "/notes/:slug",
        "http.response.status_code": 404,
        "error.type": "http.not_found",
        "url.path": "/notes/nothing",
        "starpunk.request_id": requestId
      }
    })
    const inner = collector.spans.filter(({ kind, traceId: trace }) => trace === traceId && kind !== 2)
    expect(inner.length).toBeGreaterThan(0)
    const line = collector.lines.find(
      ({ body, traceId: trace }) => trace === traceId && body?.stringValue === "http.access"
    )
    expect(line).toMatchObject({
      severityText: "INFO",
      spanId: span?.spanId,
      attributes: { request_id: requestId, status: 404, logger: "starpunk.http" }
    })
    const access = site.log.find((line) => line.message === "http.access" && line.request_id === requestId)
    expect(access).toMatchObject({ trace_id: traceId, span_id: span?.spanId })

    for (const { headers, text } of collector.received) {
      expect(headers).toMatchObject({
        "x-api-key": "open sesame",
        "x-tenant": "notes",
        "content-type": "application/json"
      })
      expect(text).toContain("my-notes")
      expect(text).not.toContain(canary)
      expect(text).not.toContain(token)
    }
    expect(collector.metrics).toEqual(expect.arrayContaining(["db.client.connection.count", "process.cpu"]))
  })

  it("begins a trace of its own for an invalid traceparent, and accepts no other header", async () => {
    const { collector, site } = await started({ STARPUNK_OTLP_SIGNALS: "traces" })
    const offered = [
      `00-${"0".repeat(32)}-${spanId}-01`,
      `00-${traceId}-${"0".repeat(16)}-01`,
      `00-${traceId.toUpperCase()}-${spanId}-01`,
      `00-${traceId}-${spanId}`,
      `00-${traceId}-${spanId}-01-more`,
      `ff-${traceId}-${spanId}-01`,
      "<script>evil"
    ]
    for (const traceparent of offered) {
      await (
        await fetch(`${site.url}/`, { headers: { traceparent, b3: "<script>evil-1", "x-b3-traceid": traceId } })
      ).text()
    }
    // What its own proxy does not record is not recorded here either.
    await (await fetch(`${site.url}/unrecorded`, { headers: { traceparent: `00-${traceId}-${spanId}-00` } })).text()
    // A later version is read as far as it is like this one.
    const later = "4bf92f3577b34da6a3ce929d0e0e4736"
    await (
      await fetch(`${site.url}/`, { headers: { traceparent: `01-${later}-${spanId}-01-what-comes-later` } })
    ).text()
    await collector.until(({ spans }) => spans.some((span) => span.traceId === later))

    const requests = collector.spans.filter(({ kind }) => kind === 2)
    expect(requests.every(({ traceId: id = "" }) => /^[0-9a-f]{32}$/.test(id) && id !== traceId)).toBe(true)
    expect(requests.filter(({ attributes }) => attributes["url.path"] === "/unrecorded")).toEqual([])
    expect(requests.filter(({ attributes }) => attributes["url.path"] === "/")).toHaveLength(offered.length + 1)
    expect(JSON.stringify(collector.received)).not.toContain("script")
    expect(collector.lines).toEqual([])
    expect(collector.metrics).toEqual([])
  })

  // Only a collector that hangs lets batches pile up: it gets more spans than two batches of 512 hold.
  const moods: ReadonlyArray<readonly [name: string, mood: Mood, reason: string, rounds: number]> = [
    ["that hangs", "hangs", "timeout", 120],
    ["that asks for patience without end", { status: 429, headers: { "retry-after": "99999" } }, "refused", 20],
    ["that fails", { status: 500 }, "refused", 20]
  ]
  for (const [name, mood, reason, rounds] of moods) {
    it(`${name} costs no request, little memory, one warning, and no delay of the shutdown`, async () => {
      const { collector, site } = await started({ STARPUNK_OTLP_SIGNALS: "traces,logs" }, mood)
      // Few at once: a server on a busy machine refuses some of many.
      for (let round = 0; round < rounds; round++) {
        const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(`${site.url}/no-such-page`)))
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]))
        await Promise.all(answers.map((answer) => answer.text()))
      }
      const isOfLogs = (line: LogLine) => line.logger === "starpunk.telemetry" && line.signal === "logs"
      // Each signal has its own warning, in any order.
      const log = await site.logWhen((lines) => lines.some(isOfLogs))
      expect(log.filter(isOfLogs)).toHaveLength(1)
      expect(log.find((line) => line.logger === "starpunk.telemetry")).toMatchObject({ level: "WARNING" })
      const reasons = log.filter((line) => line.logger === "starpunk.telemetry").map((line) => line.reason)
      expect([reason, "busy"]).toEqual(expect.arrayContaining(reasons))
      expect(await failures(site, "logs")).toBeGreaterThan(0)
      expect(collector.mostOpen).toBeLessThanOrEqual(2)
      expect(await site.stop()).toBe(0)
    })
  }

  it("that is missing costs only a warning", async () => {
    const { site } = await started({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" })
    const log = await site.logWhen((lines) => lines.some((line) => line.logger === "starpunk.telemetry"))
    expect(log.find((line) => line.logger === "starpunk.telemetry")).toMatchObject({
      level: "WARNING",
      reason: "unreachable",
      endpoint: "http://127.0.0.1:9",
      suggestion: expect.stringContaining("STARPUNK_OTLP_ENDPOINT")
    })
    expect((await fetch(site.url)).status).toBe(200)
    expect(await site.stop()).toBe(0)
  })
})
