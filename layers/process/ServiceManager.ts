import { Duration, Effect, Layer, Option } from "effect"
import { ServiceManagerUnreachable } from "../../src/errors/Supervision.js"
import { type Notice, ServiceManager } from "../../src/services/ServiceManager.js"
import { codeOf } from "../files/ErrorCode.js"

/** Timeout in milliseconds; `systemd-notify` waits until the manager has read the message, for at most five seconds. */
const patience = 10_000

/** Formats a notice as variables of sd_notify(3). */
const assignmentsOf = ({ alive, extend, state, status }: Notice): ReadonlyArray<string> => [
  ...(state === "ready" ? ["READY=1"] : []),
  ...(state === "stopping" ? ["STOPPING=1"] : []),
  ...(extend === undefined ? [] : [`EXTEND_TIMEOUT_USEC=${Math.ceil(Duration.toMillis(extend)) * 1_000}`]),
  ...(alive === true ? ["WATCHDOG=1"] : []),
  ...(status === undefined ? [] : [`STATUS=${status}`])
]

const failureOf = (error: Error, stderr: string): ServiceManagerUnreachable => {
  if (codeOf(error) === "ENOENT") {
    return new ServiceManagerUnreachable({ reason: "program_missing", detail: error.message })
  }
  const reason = "killed" in error && error.killed === true ? "timeout" : "refused"
  const [said = ""] = stderr.split("\n")
  return new ServiceManagerUnreachable({ reason, detail: said === "" ? error.message : said })
}

/**
 * Sends a notice with systemd's own program, because Node has no local datagram sockets. The program runs until systemd
 * has read the message (since systemd 246), because a message of a process that has ended is attributed to no service.
 */
const send = (
  variables: ReadonlyArray<string>,
  environment: Readonly<Record<string, string | undefined>>
): Effect.Effect<void, ServiceManagerUnreachable> =>
  Effect.promise(() => import("node:child_process")).pipe(
    Effect.flatMap(({ execFile }) =>
      Effect.async<void, ServiceManagerUnreachable>((resume) => {
        const options = { env: environment, timeout: patience, killSignal: "SIGKILL" } as const
        execFile("systemd-notify", variables, options, (error, _stdout, stderr) =>
          resume(error === null ? Effect.void : Effect.fail(failureOf(error, stderr)))
        )
      })
    ),
    Effect.uninterruptible
  )

/** The watchdog interval for this process; none if there is no watchdog. */
const watchdogOf = (variables: Readonly<Record<string, string | undefined>>, pid: number) => {
  const micros = Number(variables.WATCHDOG_USEC ?? "")
  const meantForUs = variables.WATCHDOG_PID === undefined || variables.WATCHDOG_PID === String(pid)
  return meantForUs && Number.isSafeInteger(micros) && micros > 0
    ? Option.some(Duration.millis(micros / 1_000))
    : Option.none()
}

/** The manager that these variables describe; none without NOTIFY_SOCKET, and then no program is ever run. */
const make = (variables: Readonly<Record<string, string | undefined>>, pid: number): ServiceManager["Type"] => {
  const { NOTIFY_SOCKET, PATH } = variables
  if (NOTIFY_SOCKET === undefined || NOTIFY_SOCKET === "") return Option.none()
  return Option.some({
    notify: (notice) => send(assignmentsOf(notice), { NOTIFY_SOCKET, PATH }),
    watchdog: watchdogOf(variables, pid)
  })
}

/**
 * systemd, if it started this process and expects notifications.
 * https://www.freedesktop.org/software/systemd/man/sd_notify.html
 */
export const layer: Layer.Layer<ServiceManager> = Layer.sync(ServiceManager, () =>
  // biome-ignore lint/plugin: systemd says where it listens in the environment, by names of its own
  make(process.env, process.pid)
)
