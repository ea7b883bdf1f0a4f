import { Effect, type Option } from "effect"
import { ActivationUnusable } from "../../src/errors/Startup.js"

/** The first file descriptor that systemd passes (SD_LISTEN_FDS_START of sd_listen_fds(3)). */
const firstDescriptor = 3

/**
 * The listening socket that systemd opened for this process (`LISTEN_FDS`, `LISTEN_PID`), as a file descriptor; none if
 * there is none, or if it is for another process. It stays open during a restart of the service, so that no connection
 * is refused. https://www.freedesktop.org/software/systemd/man/sd_listen_fds.html
 */
const handedOver = (
  { LISTEN_FDS, LISTEN_PID }: Readonly<Record<string, string | undefined>>,
  pid: number
): Effect.Effect<Option.Option<number>, ActivationUnusable> => {
  const sockets = Number(LISTEN_FDS ?? "")
  if (LISTEN_PID !== String(pid) || !Number.isSafeInteger(sockets) || sockets < 1) return Effect.succeedNone
  return sockets === 1
    ? Effect.succeedSome(firstDescriptor)
    : Effect.fail(new ActivationUnusable({ reason: "several", sockets }))
}

/** The listening socket of this process. */
export const activation: Effect.Effect<Option.Option<number>, ActivationUnusable> = Effect.suspend(() =>
  // biome-ignore lint/plugin: systemd hands sockets over in the environment, by names of its own
  handedOver(process.env, process.pid)
)
