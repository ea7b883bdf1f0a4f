import { existsSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { blocksOf, pages } from "./GuideBlocks.js"
import { Machine, machinePossible } from "./Machine.js"
import { proxies } from "./Proxies.js"

/** Pages whose commands are run, in the order in which they are followed on one machine. */
const walk = ["systemd.md", "first-hour.md", "backup.md", "upgrade.md", "sqlite.md", "sizing.md", "monitoring.md"]

describe("the guide", () => {
  it.each(pages.map((page) => [page]))("%s: every block of commands is run or marked as not run", (page) => {
    for (const { before, kind, line } of blocksOf(page)) {
      const place = `${page}:${line}`
      if (kind === "machine") expect(walk, place).toContain(page)
      // Run by Growing.test.ts.
      else if (kind === "growing") expect(page, place).toBe("growing.md")
      else {
        expect(kind, place).toBe("not-run")
        expect(before, place).toMatch(/not run by the tests/)
      }
    }
  })
})

describe.skipIf(!machinePossible())("the guide, followed on a separate machine", { timeout: 120_000 }, () => {
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

  it("the output is what the guide promises", () => {
    expect(said["systemd.md"]).toMatch(/The configuration is (?:right|valid)/)
    expect(said["systemd.md"]).toMatch(/Status: "Serving https:\/\/blog\.example/)
    expect(said["systemd.md"]).toContain('"message":"Listening"')
    expect(said["systemd.md"]).toContain('"activated":true')
    expect(said["systemd.md"]).toContain("/auth/setup/")
    expect(said["systemd.md"]).toContain('"checks":{')
    expect(said["first-hour.md"]).toContain("doctor ended with 1")
    expect(said["first-hour.md"]).toContain("201 Created")
    expect(said["first-hour.md"]?.match(/The first note/g)?.length).toBeGreaterThanOrEqual(2)
    // The only remaining warning on Node 20 is that it gets no security fixes any more.
    expect(said["first-hour.md"]?.trim()).toMatch(/(?:All checks passed|0 failed, 1 warning, \d+ passed)\.$/)
    expect(said["backup.md"]).toContain("manifest.json")
    expect(said["backup.md"]).toMatch(/STARPUNK_DB_CHECKPOINTS.*external/)
    expect(said["sqlite.md"]).toContain("full-text search (FTS5)")
  })

  it("the unit has the exposure level that the guide states", async () => {
    const output = await run("systemd-analyze security starpunk.service | tail -1")
    expect(output).toMatch(/exposure level for starpunk\.service: 1\.[0-4] OK/)
  })

  describe.each(proxies.filter(({ binary }) => existsSync(binary)))("$name, as the guide sets it up", (proxy) => {
    const curl =
      "curl --silent --show-error --insecure --resolve blog.example:443:127.0.0.1 --resolve blog.example:80:127.0.0.1"

    beforeAll(async () => {
      await run(proxy.start)
    })
    afterAll(() => run(proxy.stop))

    it("forwards token, address and request id; clients cannot forge them", async () => {
      const output = await run(`
        TOKEN=$(starpunk token create --scope create)
        ${curl} --fail --include https://blog.example/micropub -H "Authorization: Bearer $TOKEN" \
          -H "X-Forwarded-For: 203.0.113.9" -d h=entry -d "content=Through ${proxy.name}" | tee /root/answer
        ${curl} --fail --output /dev/null "$(sed -n 's/^location: *//Ip' /root/answer | tr -d '\r')"
        ${curl} --output /dev/null --write-out '%{http_code} %{redirect_url}\n' http://blog.example/feed.rss
        ID=$(sed -n 's/^x-request-id: *//Ip' /root/answer | tr -d '\\r')
        line() { journalctl --unit starpunk.service --output cat --no-pager | grep '"http.access"' | grep "$ID"; }
        until line > /dev/null; do sleep 0.1; done
        line`)
      expect(output).toMatch(/HTTP\/2 201/)
      expect(output).toMatch(/^30[18] https:\/\/blog\.example\/feed\.rss$/m)
      const access = JSON.parse(output.trim().split("\n").at(-1) ?? "")
      expect(access).toMatchObject({ path: "/micropub", status: 201, client_address: "127.0.0.1" })
      const [, id = ""] = /^x-request-id: *(\S+)/im.exec(output) ?? []
      expect(access.request_id).toBe(id)
      expect(id).toMatch(/^[0-9a-f-]{32,36}$/)
    })

    it("accepts a large file over a slow connection", async () => {
      const output = await run(`
        TOKEN=$(starpunk token create --scope "create media")
        head -c 20000000 /dev/zero > /root/large.mp4
        printf '\\0\\0\\0\\040ftypisom\\0\\0\\002\\0isomiso2avc1mp41' | dd of=/root/large.mp4 conv=notrunc status=none
        ${curl} --limit-rate 8M --include https://blog.example/micropub/media -H "Authorization: Bearer $TOKEN" -F "file=@/root/large.mp4;type=video/mp4"`)
      expect(output).toMatch(/HTTP\/2 201/)
    })

    it("lets StarPunk refuse what is too large, with a helpful message", async () => {
      const output = await run(`
        TOKEN=$(starpunk token create --scope "create media")
        head -c 105500000 /dev/zero > /root/huge.mp4
        ${curl} --include https://blog.example/micropub/media -H "Authorization: Bearer $TOKEN" -F "file=@/root/huge.mp4;type=video/mp4" || true
        rm /root/huge.mp4`)
      expect(output).toMatch(/HTTP\/2 413/)
      expect(output).toContain('"error"')
    })

    it("no request fails while the server behind it restarts", async () => {
      const output = await run(`
        touch /root/load
        ask() { while [ -e /root/load ]; do ${curl} --output /dev/null --write-out '%{http_code}\n' https://blog.example/ 2>&1; done; }
        ask > /root/one & ask > /root/two &
        for time in 1 2; do sleep 0.3; systemctl restart starpunk.service; done
        sleep 0.3; rm /root/load; wait
        sort /root/one /root/two | uniq -c`)
      expect(output.trim()).toMatch(/^\d+ 200$/)
    })
  })

  it("the server runs with the image's restrictions: read-only root, unknown user id, no capabilities", async () => {
    const output = await run(`
      install -d -o 4711 -g 0 -m 770 /srv/data
      cat > /root/contained <<'END'
mount -t tmpfs tmpfs /tmp && mount --bind /srv/data /srv/data && mount -o remount,ro,bind /
cd /opt/starpunk && exec setpriv --reuid 4711 --regid 0 --clear-groups --no-new-privs --bounding-set=-all \\
  env -i PATH=$PATH STARPUNK_ENV=production STARPUNK_HOST=0.0.0.0 STARPUNK_PORT=8100 STARPUNK_DATA_PATH=/srv/data \\
  STARPUNK_SITE_URL=https://blog.example node dist/starpunk.js "$@"
END
      contained() { unshare --mount sh /root/contained "$@"; }
      unshare --mount sh /root/contained serve > /root/contained.log 2>&1 & SERVER=$!
      until contained healthcheck; do kill -0 $SERVER; sleep 0.5; done
      contained doctor
      contained token create --scope create > /root/token
      curl --fail --silent --include http://127.0.0.1:8100/micropub -H "Authorization: Bearer $(cat /root/token)" -d h=entry -d content=Contained
      grep -E '^(Uid|CapEff):' /proc/$SERVER/status
      kill $SERVER; wait $SERVER; echo "ended with $?"`)
    expect(output).toMatch(/^0 failed/m)
    expect(output).toContain("201 Created")
    expect(output).toMatch(/Uid:\s*4711/)
    expect(output).toMatch(/CapEff:\s*0{16}/)
    expect(output).toContain("ended with 0")
  })

  it("the watchdog restarts a blocked server", async () => {
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

  it("invalid settings are reported, and the server is not restarted", async () => {
    const output = await run(`
      systemctl stop starpunk.socket starpunk.service
      cp /etc/starpunk/.env /root/env; echo STARPUNK_PORT=eighty >> /etc/starpunk/.env
      systemctl start starpunk.service || true
      systemctl show --property ExecMainStatus,NRestarts,ActiveState starpunk.service
      journalctl --unit starpunk.service --output cat --no-pager --lines 20
      systemctl stop starpunk.socket; cp /root/env /etc/starpunk/.env; chgrp starpunk /etc/starpunk/.env
      systemctl reset-failed starpunk.service; systemctl start starpunk.socket starpunk.service`)
    expect(output).toContain("ExecMainStatus=78")
    expect(output).toContain("ActiveState=failed")
    expect(output).toContain("STARPUNK_PORT must be a whole number")
  })

  it("the sandbox allows writes to data and backups only", async () => {
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
