import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"

/**
 * What systemd does with a socket unit: opens the socket, hands it to the service as descriptor 3, keeps it when the
 * service ends, and starts the service again on it. Tells of each start and end on its output.
 */
const holder = `
use Socket; use POSIX qw(dup2); $| = 1; $^F = 255;
my ($port, @command) = @ARGV;
socket(my $socket, PF_INET, SOCK_STREAM, 0) or die;
setsockopt($socket, SOL_SOCKET, SO_REUSEADDR, 1);
bind($socket, sockaddr_in($port, INADDR_LOOPBACK)) or die $!; listen($socket, 1024) or die;
my ($child, $over) = (0, 0);
$SIG{HUP} = sub { kill "TERM", $child };
$SIG{TERM} = sub { $over = 1; kill "TERM", $child };
until ($over) {
  $child = fork();
  if ($child == 0) {
    dup2(fileno($socket), 3); $ENV{LISTEN_FDS} = 1; $ENV{LISTEN_PID} = $$; $ENV{LISTEN_FDNAMES} = "starpunk.socket";
    exec @command; exit 127
  }
  print "started $child\\n";
  1 while waitpid($child, 0) != $child;
  print "ended $?\\n";
}
`

/** A service whose socket somebody else holds, and which is started anew whenever it ends. */
export class HeldSocket {
  /** Wait statuses of the services that ended. */
  readonly ended: Array<number> = []
  started = 0
  private waiting: Array<() => void> = []

  private constructor(private readonly child: ChildProcess) {
    if (child.stdout === null) return
    createInterface(child.stdout).on("line", (line) => {
      const [, ended] = /^ended (\d+)$/.exec(line) ?? []
      if (ended !== undefined) this.ended.push(Number(ended))
      else if (line.startsWith("started ")) this.started++
      for (const wake of this.waiting.splice(0)) wake()
    })
  }

  /** Starts the command on a socket that listens on loopback, at that port. */
  static async open(
    port: number,
    command: ReadonlyArray<string>,
    cwd: string,
    env: Readonly<Record<string, string>>
  ): Promise<HeldSocket> {
    const child = spawn("perl", ["-e", holder, String(port), ...command], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "ignore"]
    })
    const held = new HeldSocket(child)
    await held.startedSince(0)
    return held
  }

  /** Starts the service anew, and answers once the next one runs. */
  async restart(): Promise<void> {
    const before = this.started
    this.child.kill("SIGHUP")
    await this.startedSince(before)
  }

  private async startedSince(before: number): Promise<void> {
    while (this.started === before) await new Promise<void>((resume) => this.waiting.push(resume))
  }

  async close(): Promise<void> {
    const over = once(this.child, "close")
    this.child.kill("SIGTERM")
    await over
  }
}
