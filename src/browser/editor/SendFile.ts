import type { Attached } from "./MediaList.js"
import { type Problem, problemIn, unreachable } from "./Problem.js"

/** An uploaded file, and a notice if some readers cannot play it. */
export interface Sent {
  readonly file: Attached
  readonly notice: string | undefined
}

/** The upload of one file. */
export interface Sending {
  readonly file: File
  /** The request, once it has begun: to cancel it. */
  request: XMLHttpRequest | undefined
}

/**
 * Uploads one file. `progress` gets the part that has been sent, from 0 to 1, or `undefined` while the site processes the
 * file. Resolves with `undefined` if it is cancelled.
 */
export const sendFile = (
  upload: Sending,
  progress: (part: number | undefined) => void
): Promise<Sent | Problem | undefined> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    upload.request = request
    request.open("POST", "/admin/media")
    request.setRequestHeader("accept", "application/json")
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      progress(lengthComputable && loaded < total ? loaded / total : undefined)
    })
    request.addEventListener("load", () => {
      if (request.status !== 201) return resolve(problemIn(request.status, request.responseText))
      const { alt, notice, property, url } = JSON.parse(request.responseText)
      resolve({ file: { alt, property, url }, notice })
    })
    request.addEventListener("error", () => resolve(unreachable))
    request.addEventListener("abort", () => resolve(undefined))
    const body = new FormData()
    body.append("file", upload.file)
    request.send(body)
  })

/** A size as the sentences about files that are too large name it. */
export const inUnits = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} kB` : `${Math.round(bytes / 1_048_576)} MB`

/** Returns whether a retry may succeed. */
export const mayPass = ({ status }: Problem): boolean =>
  status === 0 || status === 401 || status === 429 || status >= 500
