import { Agent, METHODS, request } from "node:http"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { runs } from "../fixtures/Runs.js"
import { type Family, parse, seriesIn, valueOf } from "../unit/metrics/PrometheusText.js"
import { Program } from "./Program.js"

const token = "a-token-for-prometheus-and-nobody-else"
const bearer = { authorization: `Bearer ${token}` }
const openMetrics = "application/openmetrics-text;version=1.0.0"

/** `Accept` headers of Prometheus 2 and 3. */
const scrapers = [
  `${openMetrics},application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`,
  `${openMetrics};escaping=allow-utf-8;q=0.6,${openMetrics};q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`
]

/** Random requests: each has an address that no other has, and any of them could add a series. */
const flooded = runs(2_000, 10_000)

/** A seeded generator (mulberry32). */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

describe("/metrics of the running program", () => {
  let site: Program
  const agent = new Agent({ keepAlive: true, maxSockets: 24 })

  beforeAll(async () => {
    site = await Program.create({ STARPUNK_HEALTH_TOKEN: token, STARPUNK_RATE_LIMIT_ENABLED: "false" })
    await site.start()
  })

  afterAll(async () => {
    agent.destroy()
    await site.dispose()
  })

  const scrape = async (): Promise<ReadonlyMap<string, Family>> => {
    const response = await fetch(`${site.url}/metrics`, { headers: bearer })
    expect(response.status).toBe(200)
    return parse(await response.text(), "prometheus")
  }

  const send = (method: string, path: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request({ agent, host: "127.0.0.1", port: site.port, method, path }, (response) => {
        response.resume()
        response.on("end", () => resolve(response.statusCode ?? 0))
      })
      sent.on("error", reject)
      sent.end()
    })

  /** Counts of requests by `METHOD STATUS`, over all routes. */
  const requestsIn = (families: ReadonlyMap<string, Family>) => {
    const counts = new Map<string, number>()
    for (const { labels, name, value } of families.get("http_server_request_duration_seconds")?.samples ?? []) {
      if (!name.endsWith("_count")) continue
      const key = `${labels.http_request_method} ${labels.http_response_status_code}`
      counts.set(key, (counts.get(key) ?? 0) + value)
    }
    return counts
  }

  const totalOf = (families: ReadonlyMap<string, Family>) =>
    [...requestsIn(families).values()].reduce((sum, count) => sum + count, 0)

  it("has Prometheus' own format by default, and parses strictly", async () => {
    const response = await fetch(`${site.url}/metrics`, { headers: bearer })
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8")
    expect(response.headers.get("cache-control")).toBe("no-store")
    const families = parse(await response.text(), "prometheus")
    expect(valueOf(families, "starpunk_ready")).toBe(1)
    for (const name of ["reader", "writer"]) {
      const labels = { db_client_connection_pool_name: name }
      expect(valueOf(families, "db_client_connection_max", labels)).toBeGreaterThan(0)
      expect(valueOf(families, "db_client_connection_timeouts_total", labels)).toBe(0)
      expect(valueOf(families, "db_client_connection_wait_time_seconds_count", labels)).toBeGreaterThan(0)
      expect(valueOf(families, "db_client_connection_create_time_seconds_count", labels)).toBeGreaterThan(0)
    }
    expect(valueOf(families, "process_resident_memory_bytes")).toBeGreaterThan(10_000_000)
    expect(valueOf(families, "starpunk_log_lines_total", { outcome: "dropped" })).toBe(0)
    expect(valueOf(families, "starpunk_sessions_extended_total")).toBe(0)
  })

  it.each(scrapers)("is in OpenMetrics for a scraper that prefers it: %s", async (accept) => {
    const response = await fetch(`${site.url}/metrics`, { headers: { ...bearer, accept } })
    const type = response.headers.get("content-type")
    expect(type).toBe("application/openmetrics-text; version=1.0.0; charset=utf-8")
    const families = parse(await response.text(), "openmetrics")
    expect([...families.keys()]).toContain("http_server_request_duration_seconds")
    expect([...families.keys()]).toContain("process_cpu_seconds")
  })

  it("is refused to everyone else, with advice, wherever they connect from", async () => {
    const headers = [
      {},
      { authorization: "Bearer wrong" },
      { authorization: `Basic ${token}` },
      { cookie: "starpunk_session=x" }
    ]
    for (const given of headers) {
      const response = await fetch(`${site.url}/metrics`, { headers: { ...given, "x-forwarded-for": "127.0.0.1" } })
      const body = await response.text()
      expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"])
      expect(JSON.parse(body)).toMatchObject({
        code: "auth.metrics_not_shown",
        detail: expect.stringContaining("health token")
      })
      expect(body).not.toContain("# TYPE")
      expect(body).not.toContain(token)
    }
  })

  it("has a fixed number of series whatever is requested, and counts requests exactly", async () => {
    const next = random(20_26)
    const word = () => Math.floor(next() * 2 ** 40).toString(36)
    const shapes = [
      () => `/${word()}`,
      () => `/notes/${word()}`,
      () => `/tag/${word()}?page=${word()}`,
      () => `/media/${word()}/${word()}.jpg`,
      () => `/${word()}?utm_source=${word()}`,
      () => `/%zz${word()}`,
      () => `/search?q=${word()}`,
      () => "/"
    ]
    // A CONNECT has no response that an HTTP client could read.
    const methods = METHODS.filter((method) => method !== "CONNECT")
    const pick = <A>(list: ReadonlyArray<A>): A => list[Math.floor(next() * list.length)] as A
    const sent = new Map<string, number>()
    const known = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"])
    const one = async (method: string, path: string) => {
      const key = `${known.has(method) ? method : "_OTHER"} ${await send(method, path)}`
      sent.set(key, (sent.get(key) ?? 0) + 1)
    }
    const flood = async (count: number) => {
      let left = count
      await Promise.all(
        Array.from({ length: 6 }, async () => {
          while (left-- > 0) await one(pick(methods), pick(shapes)())
        })
      )
    }

    // Every shape with every method once: later requests add no new series.
    for (const method of methods) for (const shape of shapes) await one(method, shape())
    const before = await scrape()
    sent.clear()
    await flood(flooded)
    // A request is counted when it ends, shortly after its response. Each scrape is one more.
    let scrapes = 0
    let after = before
    do {
      scrapes++
      after = await scrape()
    } while (totalOf(after) - totalOf(before) < flooded + scrapes)
    expect(seriesIn(after)).toBe(seriesIn(before))

    const counts = requestsIn(after)
    const earlier = requestsIn(before)
    const grown = [...counts].flatMap(([key, count]) => {
      const more = count - (earlier.get(key) ?? 0) - (key === "GET 200" ? scrapes : 0)
      return more === 0 ? [] : [[key, more] as const]
    })
    expect(Object.fromEntries(grown)).toEqual(Object.fromEntries(sent))
    expect([...sent.values()].reduce((sum, count) => sum + count, 0)).toBe(flooded)
    expect([...sent.keys()].filter((key) => / 5\d\d$/.test(key))).toEqual([])
  }, 300_000)

  it("shows that a health request runs no check", async () => {
    const looks = async () => valueOf(await scrape(), "starpunk_health_looks_total", { check: "database" }) ?? 0
    const before = await looks()
    const startedAt = performance.now()
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 50 }, () => send("GET", "/health/ready")))
    }
    const intervals = Math.ceil((performance.now() - startedAt) / 5_000)
    expect((await looks()) - before).toBeLessThanOrEqual(intervals + 1)
  })

  it("is explained at the command line", async () => {
    const { stdout } = await site.run(["explain", "auth.metrics_not_shown"])
    expect(stdout).toContain("STARPUNK_HEALTH_TOKEN")
  })
})
