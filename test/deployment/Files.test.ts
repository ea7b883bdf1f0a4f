import { spawnSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { DockerfileParser } from "dockerfile-ast"
import { validate } from "dockerfile-utils"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { parse, parseAllDocuments } from "yaml"
import { Program } from "../program/Program.js"
import { guide } from "./GuideBlocks.js"

const root = fileURLToPath(new URL("../../", import.meta.url))
const read = (path: string) => readFileSync(`${root}${path}`, "utf8")

describe("the Dockerfile", () => {
  const text = read("Dockerfile")
  const instructions = DockerfileParser.parse(text).getInstructions()
  const last = (keyword: string) =>
    instructions
      .filter((instruction) => instruction.getKeyword() === keyword)
      .at(-1)
      ?.getArgumentsContent()

  it("passes the linter", () => {
    expect(validate(text)).toEqual([])
  })

  it("builds in one stage and runs in another, not as root, with a health check and signals delivered to the server", () => {
    expect(instructions.filter((instruction) => instruction.getKeyword() === "FROM")).toHaveLength(2)
    expect(last("USER")).toMatch(/^[1-9]\d*:0$/)
    expect(last("HEALTHCHECK")).toMatch(/CMD \["starpunk", "healthcheck"\]$/)
    expect(last("ENTRYPOINT")).toBe('["node", "--max-semi-space-size=4", "/opt/starpunk/dist/starpunk.js"]')
    expect(last("CMD")).toBe('["serve"]')
    expect(last("STOPSIGNAL")).toBe("SIGTERM")
  })

  it("gets the build's inputs, but no data and no settings", () => {
    const given = read(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1))
    expect(given.filter((name) => !existsSync(`${root}${name}`))).toEqual([])
    expect(given).toEqual(expect.arrayContaining(["src", "layers", "scripts", "package.json", "package-lock.json"]))
    for (const secret of [".env", "data", ".git"]) expect(given).not.toContain(secret)
  })
})

describe("the unit files", () => {
  const units = readdirSync(guide).filter((name) => /\.(?:service|socket|timer)$/.test(name))

  it.skipIf(!existsSync("/usr/bin/systemd-analyze"))("pass systemd's verification without a warning", () => {
    // systemd-analyze also checks whether the program exists, which it does not on a developer's machine.
    const args = ["--man=no", "--recursive-errors=one", "verify", ...units.map((name) => `${guide}${name}`)]
    const { stderr } = spawnSync("systemd-analyze", args, { encoding: "utf8" })
    expect(stderr.split("\n").filter((line) => line !== "" && !/node is not executable/.test(line))).toEqual([])
  })
})

interface Container {
  readonly env: ReadonlyArray<{ readonly name: string; readonly value: string }>
  readonly securityContext: unknown
  readonly ports: ReadonlyArray<{ readonly name: string; readonly containerPort: number }>
  readonly volumeMounts: ReadonlyArray<{ readonly name: string; readonly mountPath: string }>
  readonly [probe: `${string}Probe`]: { readonly httpGet: { readonly path: string; readonly port: string } }
}

describe("the Kubernetes manifests", () => {
  const documents = parseAllDocuments(read("docs/deployment/kubernetes.yaml"), { uniqueKeys: true })
  const objects = documents.map((document) => document.toJS())
  const of = (kind: string) => objects.find((object) => object.kind === kind)
  const { spec } = of("Deployment")
  const pod = spec.template.spec
  const container: Container = pod.containers[0]

  it("are complete", () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
    for (const object of objects) {
      expect(object).toMatchObject({
        apiVersion: expect.any(String),
        kind: expect.any(String),
        metadata: { name: expect.stringMatching(/^starpunk/) }
      })
    }
  })

  it("run one server at a time, not as root, on a read-only root file system", () => {
    expect(spec).toMatchObject({ replicas: 1, strategy: { type: "Recreate" } })
    expect(pod).toMatchObject({ enableServiceLinks: false, securityContext: { runAsNonRoot: true } })
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] }
    })
  })

  it("refer to each other by the right names", () => {
    expect(of("Service").spec.selector).toEqual(spec.selector.matchLabels)
    expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels)
    expect(pod.volumes.map(({ name }: { name: string }) => name).sort()).toEqual(
      container.volumeMounts.map(({ name }) => name).sort()
    )
    expect(pod.volumes[0].persistentVolumeClaim.claimName).toBe(of("PersistentVolumeClaim").metadata.name)
    expect(of("Ingress").spec.rules[0].http.paths[0].backend.service.name).toBe(of("Service").metadata.name)
  })

  it("give the server enough time to stop", () => {
    const delay = Number(container.env.find(({ name }) => name === "STARPUNK_DRAIN_DELAY")?.value)
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(delay + 10)
  })

  describe("the probes, sent to a server with the settings of the manifest", () => {
    let site: Program
    const settings = Object.fromEntries(
      container.env.filter(({ value }) => value !== undefined).map(({ name, value }) => [name, value])
    )

    beforeAll(async () => {
      site = await Program.create({ STARPUNK_ENV: "production", ...settings })
      await site.start({ STARPUNK_BACKUP_DIRECTORY: "", STARPUNK_DRAIN_DELAY: "0", STARPUNK_HEALTH_TOKEN_FILE: "" })
    })
    afterAll(() => site.dispose())

    it.each(["startup", "liveness", "readiness"] as const)("%s", async (probe) => {
      const { path = "", port } = container[`${probe}Probe`]?.httpGet ?? {}
      expect(container.ports.map(({ name }) => name)).toContain(port)
      // The kubelet asks over plain HTTP, at the pod's address.
      const answer = await fetch(`${site.url}${path}`, { redirect: "manual", headers: { host: "10.0.0.7:8000" } })
      expect(answer.status).toBe(200)
    })
  })
})

describe("the compose file", () => {
  const { networks, services, volumes } = parse(read("docs/deployment/compose.yaml"), { uniqueKeys: true })
  const { caddy, starpunk } = services

  it("runs the image as it is meant to be run", () => {
    expect(starpunk).toMatchObject({ read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] })
    expect(Object.keys(starpunk)).not.toContain("ports")
  })

  it("defines the volumes and networks that it uses, and trusts Caddy's network", () => {
    const named = [...starpunk.volumes, ...caddy.volumes].map((volume: string) => volume.split(":")[0] ?? "")
    expect(named.filter((name) => !name.startsWith("."))).toEqual(Object.keys(volumes))
    expect(starpunk.environment.STARPUNK_TRUSTED_PROXIES).toBe(networks.site.ipam.config[0].subnet)
    expect(caddy.environment.STARPUNK_UPSTREAM).toBe("starpunk:8000")
    expect(existsSync(`${guide}Caddyfile`)).toBe(true)
  })

  it("sets only existing settings", async () => {
    const site = await Program.create({ STARPUNK_ENV: "production", ...starpunk.environment })
    try {
      expect(await site.run(["check-config"])).toMatchObject({ code: 0, stderr: "" })
    } finally {
      await site.dispose()
    }
  })
})
