import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { blocksOf, pages } from "./GuideBlocks.js"
import { Machine, machinePossible } from "./Machine.js"

/** The pages whose commands are run, in the order in which somebody follows them on one machine. */
const walk = ["systemd.md", "first-hour.md", "backup.md", "upgrade.md", "sqlite.md", "proxy.md"]

describe("the guide", () => {
  it.each(pages.map((page) => [page]))("%s: every block of commands is run, or says that it is not", (page) => {
    for (const { before, kind, line } of blocksOf(page)) {
      const place = `${page}:${line}`
      if (kind === "machine") expect(walk, place).toContain(page)
      else {
        expect(kind, place).toBe("not-run")
        expect(before, place).toMatch(/not run by the tests/)
      }
    }
  })
})

describe.skipIf(!machinePossible())("the guide, followed on a machine of its own", () => {
  let machine: Machine

  beforeAll(async () => {
    machine = await Machine.boot()
  })
  afterAll(() => machine?.off())

  const run = async (commands: string) => {
    const { code, output } = await machine.run(commands)
    expect(code, output).toBe(0)
    return output
  }

  const said: Record<string, string> = {}

  describe.each(walk.map((page) => [page]))("%s", (page) => {
    const blocks = blocksOf(page).filter(({ kind }) => kind === "machine")
    it.each(blocks.map((block) => [block.line, block.commands] as const))("line %i", async (line, commands) => {
      const output = await run(commands)
      said[page] = `${said[page] ?? ""}${output}`
      expect(output, `${page}:${line}`).not.toMatch(/"level":"(?:ERROR|CRITICAL)"/)
    })
  })

  it("what it promises is what came", () => {
    expect(said["systemd.md"]).toContain("The configuration is right")
    expect(said["systemd.md"]).toMatch(/Status: "Serving https:\/\/blog\.example/)
    expect(said["systemd.md"]).toContain('"message":"Listening"')
    expect(said["systemd.md"]).toContain('"activated":true')
    expect(said["systemd.md"]).toContain("/auth/setup/")
    expect(said["systemd.md"]).toContain('"checks":{')
    expect(said["first-hour.md"]).toContain("doctor ended with 1")
    expect(said["first-hour.md"]).toContain("201 Created")
    expect(said["first-hour.md"]?.match(/The first note/g)?.length).toBeGreaterThanOrEqual(2)
    expect(said["first-hour.md"]?.trim().endsWith("All is well.")).toBe(true)
    expect(said["backup.md"]).toContain("manifest.json")
    expect(said["backup.md"]).toMatch(/STARPUNK_DB_CHECKPOINTS.*external/)
    expect(said["sqlite.md"]).toContain("full-text search (FTS5)")
  })

  it("the unit is as open to the world as the guide says", async () => {
    const output = await run("systemd-analyze security starpunk.service | tail -1")
    expect(output).toContain("exposure level for starpunk.service: 1.4 OK")
  })

  it("a server that stands still is started anew by the watchdog", async () => {
    const output = await run(`
      mkdir -p /run/systemd/system/starpunk.service.d
      printf '[Service]\\nWatchdogSec=2\\nRestartSec=100ms\\n' > /run/systemd/system/starpunk.service.d/test.conf
      systemctl daemon-reload; systemctl restart starpunk.service
      BEFORE=$(systemctl show --value --property MainPID starpunk.service)
      kill -STOP $BEFORE
      until [ "$(systemctl show --value --property NRestarts starpunk.service)" = 1 ]; do sleep 0.2; done
      systemctl is-active --quiet starpunk.socket
      curl --fail --silent --output /dev/null --write-out '%{http_code}' http://127.0.0.1:8000/
      journalctl --unit starpunk.service --output cat --no-pager | grep -i watchdog
      rm /run/systemd/system/starpunk.service.d/test.conf; systemctl daemon-reload`)
    expect(output).toContain("200")
    expect(output).toContain("Watchdog timeout (limit 2s)!")
  })

  it("wrong settings are told, and not tried again", async () => {
    const output = await run(`
      systemctl stop starpunk.socket starpunk.service
      cp /etc/starpunk/.env /root/env; echo STARPUNK_PORT=eighty >> /etc/starpunk/.env
      systemctl start starpunk.service || true
      systemctl show --property ExecMainStatus,NRestarts,ActiveState starpunk.service
      journalctl --unit starpunk.service --output cat --no-pager --lines 5
      systemctl stop starpunk.socket; cp /root/env /etc/starpunk/.env; chgrp starpunk /etc/starpunk/.env
      systemctl reset-failed starpunk.service; systemctl start starpunk.socket starpunk.service`)
    expect(output).toContain("ExecMainStatus=78")
    expect(output).toContain("ActiveState=failed")
    expect(output).toContain("STARPUNK_PORT needs")
  })

  it("the sandbox leaves nothing to write to but the data and the backups", async () => {
    const output = await run(`
      PID=$(systemctl show --value --property MainPID starpunk.service)
      grep -E '^(NoNewPrivs|CapEff|Seccomp):' /proc/$PID/status
      nsenter --target $PID --mount sh -c 'touch /etc/x /opt/x /usr/x; touch /var/lib/starpunk/x && rm /var/lib/starpunk/x && echo writable' 2>&1 || true`)
    expect(output.match(/Read-only file system/g)).toHaveLength(3)
    expect(output).toContain("writable")
    expect(output).toMatch(/NoNewPrivs:\s*1/)
    expect(output).toMatch(/CapEff:\s*0{16}/)
    expect(output).toMatch(/Seccomp:\s*2/)
  })
})
