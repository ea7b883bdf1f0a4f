import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { parseAllDocuments } from "yaml"
import { table } from "../../src/settings/Table.js"
import { guide } from "./GuideBlocks.js"

const read = (name: string) => readFileSync(`${guide}${name}`, "utf8")

describe("haproxy.cfg", () => {
  it.skipIf(!existsSync("/usr/sbin/haproxy"))("is accepted by HAProxy", () => {
    const directory = mkdtempSync(join(tmpdir(), "starpunk-haproxy-"))
    try {
      const pem = join(directory, "blog.pem")
      const made = spawnSync("openssl", [
        ..."req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=blog.example".split(" "),
        ...["-keyout", pem, "-out", `${pem}.crt`]
      ])
      expect(made.status).toBe(0)
      writeFileSync(pem, readFileSync(`${pem}.crt`, "utf8") + readFileSync(pem, "utf8"))
      const config = join(directory, "haproxy.cfg")
      writeFileSync(config, read("haproxy.cfg").replace("/etc/haproxy/blog.example.pem", pem))
      const { status, stderr } = spawnSync("/usr/sbin/haproxy", ["-c", "-f", config], { encoding: "utf8" })
      expect([status, stderr.replace(/^\[NOTICE\].*$/gm, "").trim()]).toEqual([0, ""])
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})

describe("kubernetes-instances.yaml", () => {
  const documents = parseAllDocuments(read("kubernetes-instances.yaml"), { uniqueKeys: true })
  const objects = documents.map((document) => document.toJS())
  const of = (kind: string) => objects.find((object) => object.kind === kind)
  const { spec } = of("Deployment")
  const pod = spec.template.spec
  const [container] = pod.containers

  it("is complete, and replaces pods without an interruption", () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
    expect(spec).toMatchObject({ replicas: 3, strategy: { rollingUpdate: { maxUnavailable: 0 } } })
    expect(of("PodDisruptionBudget").spec).toMatchObject({ minAvailable: 2, selector: spec.selector })
    expect(of("Service").spec.selector).toEqual(spec.selector.matchLabels)
    const delay = Number(container.env.find(({ name }: { name: string }) => name === "STARPUNK_DRAIN_DELAY").value)
    const { failureThreshold, periodSeconds } = container.readinessProbe
    expect(delay).toBeGreaterThan(failureThreshold * periodSeconds)
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(delay + 10)
  })

  it("names only settings that there are", () => {
    const known = new Set(table.map(({ name }) => name))
    const names: ReadonlyArray<string> = container.env.map(({ name }: { name: string }) => name)
    expect(names.filter((name) => !known.has(name.replace(/_FILE$/, "")))).toEqual([])
  })
})
