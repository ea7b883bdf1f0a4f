import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Duration, Effect } from "effect"
import type { RemoteMedia as RemoteReport } from "../../src/services/Import.js"
import type { SafeHttp } from "../../src/services/SafeHttp.js"

/** Largest file that is fetched, in bytes: it is in memory once. */
const largestBytes = 67_108_864

/** Time for one file. */
const patience = Duration.seconds(60)

/** Consecutive failures after which a host gets no further requests. */
const mostFailures = 10

/** Hosts that the report names. */
const listedHosts = 10

interface Options {
  readonly http: SafeHttp["Type"]
  /** Maximum size of a media file here. */
  readonly maxBytes: number
  /** An empty directory for fetched files; absent if nothing is fetched. */
  readonly workspace: string | undefined
}

/** Counts media on the old site, and fetches them if the owner wants that. */
export const remoteMedia = ({ http, maxBytes, workspace }: Options) => {
  const named = new Set<string>()
  const hosts = new Set<string>()
  const failuresOf = new Map<string, number>()
  const counts = { fetched: 0, failed: 0 }
  let isPlaceUnknown = false

  /** Fetches a file, and returns its path; `undefined` if it cannot be fetched. */
  const fetched = (url: string, directory: string): Effect.Effect<string | undefined> =>
    Effect.gen(function* () {
      const { host } = new URL(url)
      const failures = failuresOf.get(host) ?? 0
      if (failures >= mostFailures) return undefined
      const file = join(directory, String(named.size))
      const isHere = yield* http
        .request({ url, maxBytes: Math.min(maxBytes, largestBytes), timeout: patience, headers: { accept: "*/*" } })
        .pipe(
          Effect.flatMap(({ body, status }) =>
            status === 200 && body.length > 0
              ? Effect.as(
                  Effect.tryPromise(() => writeFile(file, body, { mode: 0o600 })),
                  true
                )
              : Effect.succeed(false)
          ),
          Effect.catchAll(() => Effect.succeed(false))
        )
      failuresOf.set(host, isHere ? 0 : failures + 1)
      return isHere ? file : undefined
    })

  return {
    /** Counts a file, and fetches it if that is enabled. */
    file: (url: string): Effect.Effect<string | undefined> =>
      Effect.suspend(() => {
        named.add(url)
        if (hosts.size < listedHosts) hosts.add(new URL(url).host)
        return workspace === undefined ? Effect.succeed(undefined) : fetched(url, workspace)
      }),
    isFetching: workspace !== undefined,
    count: (outcome: keyof typeof counts) => {
      counts[outcome] += 1
    },
    /** Records that a file's host is unknown. */
    noteUnknownPlace: () => {
      isPlaceUnknown = true
    },
    get report(): RemoteReport {
      return { named: named.size, ...counts, hosts: [...hosts], isPlaceUnknown }
    }
  }
}

export type RemoteMedia = ReturnType<typeof remoteMedia>
