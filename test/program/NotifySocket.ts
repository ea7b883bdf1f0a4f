import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"

/** Node cannot listen on Unix datagram sockets; Perl can, and is on every Debian. */
const listener = `
use Socket; $| = 1;
my $name = $ARGV[0]; $name =~ s/^@/\\0/;
socket(my $socket, PF_UNIX, SOCK_DGRAM, 0) or die; bind($socket, sockaddr_un($name)) or die $!;
print "listening\\n";
while (defined recv($socket, my $message, 65536, 0)) { $message =~ s/\\n/|/g; print "$message\\n" }
`

/** Substitute for systemd's notification socket: receives every message, and records it. */
export class NotifySocket {
  /** Messages so far, with lines separated by `|`; without those that only check whether they were read. */
  readonly messages: Array<string> = []
  private waiting: Array<() => void> = []

  private constructor(
    readonly address: string,
    private readonly directory: string,
    private readonly child: ChildProcess
  ) {
    if (child.stdout === null) return
    createInterface(child.stdout).on("line", (line) => {
      if (line === "BARRIER=1") return
      this.messages.push(line)
      for (const wake of this.waiting.splice(0)) wake()
    })
  }

  /** Listens in a directory of its own, or on an abstract address. */
  static async open(kind: "path" | "abstract" = "path"): Promise<NotifySocket> {
    const directory = await mkdtemp(join(tmpdir(), "starpunk-notify-"))
    const address = kind === "path" ? join(directory, "notify") : `@${directory}`
    const child = spawn("perl", ["-e", listener, address], { stdio: ["ignore", "pipe", "inherit"] })
    const socket = new NotifySocket(address, directory, child)
    await socket.until((messages) => messages.length > 0)
    socket.messages.length = 0
    return socket
  }

  /** Waits until `check` holds for the messages so far. */
  async until(check: (messages: ReadonlyArray<string>) => boolean): Promise<ReadonlyArray<string>> {
    while (!check(this.messages)) await new Promise<void>((resume) => this.waiting.push(resume))
    return this.messages
  }

  async close(): Promise<void> {
    this.child.kill("SIGKILL")
    await once(this.child, "close")
    await rm(this.directory, { recursive: true, force: true })
  }
}
