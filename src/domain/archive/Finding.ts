/** Severity: `warn` still works, `fail` does not work, or will soon stop. */
export type Severity = "ok" | "warn" | "fail"

/** Result of one check. */
export interface Finding {
  /** `area.subject`; the same for every severity, never renamed after a release. */
  readonly code: string
  readonly severity: Severity
  /** One sentence for the operator. */
  readonly message: string
  /** A shell command that fixes it, or that shows what a person has to decide. Absent if there is no problem. */
  readonly fix?: string
}

/** A finding without a problem. */
export const ok = (code: string, message: string): Finding => ({ code, severity: "ok", message })

/** A finding about something that works, but not for long or not as it should, with the command that fixes it. */
export const warn = (code: string, message: string, fix: string): Finding => ({
  code,
  severity: "warn",
  message,
  fix
})

/** A finding about something that does not work, with the command that fixes it. */
export const fail = (code: string, message: string, fix: string): Finding => ({
  code,
  severity: "fail",
  message,
  fix
})

/** Returns whether one of the findings failed. */
export const hasFailed = (findings: ReadonlyArray<Finding>): boolean =>
  findings.some(({ severity }) => severity === "fail")
