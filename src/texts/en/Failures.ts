import { entries } from "../../errors/Catalogue.js"
import type { ErrorInfo } from "../../errors/ErrorInfo.js"

/** Codes of failures whose words are translated: those that people see on pages, and whose words never vary. */
export const translatedCodes = [
  "auth.login_step_expired",
  "auth.passphrase_wrong",
  "backup.off",
  "database.conflict",
  "database.corrupt",
  "database.locked",
  "database.pool_closed",
  "database.pool_exhausted",
  "database.read_only",
  "database.unavailable",
  "editor.conflict",
  "editor.erase_refused",
  "editor.file_missing",
  "export.busy",
  "http.draft_link_ended",
  "http.gone",
  "http.not_found",
  "http.request_timeout",
  "http.server_busy",
  "http.site_starting",
  "import.busy",
  "indieauth.request_expired",
  "internal.unforeseen",
  "media.in_use",
  "media.storage_full",
  "search.disabled",
  "session.proof_needed",
  "settings.conflict",
  "storage.full"
] as const

type Words = Pick<ErrorInfo, "message" | "suggestion" | "troubleshooting">

const wordsOf = (code: string): Words => {
  const entry = entries.find(({ info }) => info.code === code)
  if (entry === undefined) throw new Error(`no failure has the code ${code}`)
  const { message, suggestion, troubleshooting } = entry.info
  return { message, suggestion, troubleshooting }
}

/** Words of failures: the catalogue's. */
export const failures = Object.fromEntries(translatedCodes.map((code) => [code, wordsOf(code)])) as Readonly<
  Record<(typeof translatedCodes)[number], Words>
>
