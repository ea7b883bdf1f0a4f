import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
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

/** Fields of Kubernetes 1.34 (apps/v1, core/v1) of which the file may use some. */
const words = (text: string): ReadonlyArray<string> => text.split(" ")
const fields = {
  deployment: words(
    "replicas selector template strategy minReadySeconds revisionHistoryLimit paused progressDeadlineSeconds"
  ),
  pod: words(
    "automountServiceAccountToken enableServiceLinks terminationGracePeriodSeconds topologySpreadConstraints securityContext containers volumes serviceAccountName nodeSelector affinity tolerations imagePullSecrets hostname initContainers"
  ),
  container: words(
    "name image imagePullPolicy command args workingDir ports env envFrom startupProbe livenessProbe readinessProbe resources lifecycle securityContext volumeMounts"
  ),
  probe: words(
    "httpGet exec tcpSocket grpc initialDelaySeconds periodSeconds timeoutSeconds successThreshold failureThreshold terminationGracePeriodSeconds"
  )
}

const unknown = (object: object, known: ReadonlyArray<string>): ReadonlyArray<string> =>
  Object.keys(object).filter((name) => !known.includes(name))

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

  it("has only fields of the interface of Kubernetes", () => {
    expect(unknown(spec, fields.deployment)).toEqual([])
    expect(unknown(pod, fields.pod)).toEqual([])
    expect(unknown(container, fields.container)).toEqual([])
    for (const probe of ["startupProbe", "livenessProbe", "readinessProbe"]) {
      expect(unknown(container[probe], fields.probe), probe).toEqual([])
    }
    expect(objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      "apps/v1 Deployment",
      "policy/v1 PodDisruptionBudget",
      "v1 Service"
    ])
  })

  it("has the ports, probes and directories of the program", () => {
    const [port] = container.ports
    const image = readFileSync(fileURLToPath(new URL("../../Dockerfile", import.meta.url)), "utf8")
    expect(image).toMatch(new RegExp(`^EXPOSE ${port.containerPort}$`, "m"))
    expect(image).toContain(`USER ${pod.securityContext.runAsUser}:`)
    expect(of("Service").spec.ports[0].targetPort).toBe(port.name)
    const routes = readFileSync(fileURLToPath(new URL("../../docs/routes.md", import.meta.url)), "utf8")
    for (const { httpGet } of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
      expect(httpGet.port).toBe(port.name)
      expect(routes).toContain(`\`GET ${httpGet.path}\``)
    }
    const mounts: ReadonlyArray<{ readonly name: string; readonly mountPath: string }> = container.volumeMounts
    const data = mounts.find(({ name }) => name === "data")?.mountPath
    expect(image).toContain(`STARPUNK_DATA_PATH=${data}`)
    expect(pod.volumes.map(({ name }: { name: string }) => name).toSorted()).toEqual(
      mounts.map(({ name }) => name).toSorted()
    )
    const secrets = mounts.find(({ name }) => name === "secrets")?.mountPath ?? ""
    const files: ReadonlyArray<{ readonly name: string; readonly value?: string }> = container.env
    for (const { name, value } of files.filter(({ name }) => name.endsWith("_FILE"))) {
      expect(value?.startsWith(`${secrets}/`), name).toBe(true)
    }
  })

  it("names only settings that there are", () => {
    const known = new Set(table.map(({ name }) => name))
    const names: ReadonlyArray<string> = container.env.map(({ name }: { name: string }) => name)
    expect(names.filter((name) => !known.has(name.replace(/_FILE$/, "")))).toEqual([])
  })
})
