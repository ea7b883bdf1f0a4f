/** How bad it is: `warn` still works, `fail` does not, or not for long. */
export type Severity = "ok" | "warn" | "fail"

/** One thing that was looked at, and what was seen. */
export interface Finding {
  /** `area.subject`; the same for every severity, never renamed once released. */
  readonly code: string
  readonly severity: Severity
  /** One sentence for whoever runs the site. */
  readonly message: string
  /** A command for the shell that mends it, or shows what a person has to decide. Absent where all is well. */
  readonly mend?: string
}

/** All is well with it. */
export const ok = (code: string, message: string): Finding => ({ code, severity: "ok", message })

/** It works, but not for long or not as it should; `mend` is the command that helps. */
export const warn = (code: string, message: string, mend: string): Finding => ({
  code,
  severity: "warn",
  message,
  mend
})

/** It does not work; `mend` is the command that helps. */
export const fail = (code: string, message: string, mend: string): Finding => ({
  code,
  severity: "fail",
  message,
  mend
})

/** Whether something failed among them. */
export const hasFailed = (findings: ReadonlyArray<Finding>): boolean =>
  findings.some(({ severity }) => severity === "fail")
