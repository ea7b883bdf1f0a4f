import { Effect } from "effect"
import { exitCode } from "../layers/process/ExitCode.js"
import { type Finding, hasFailed, type Severity } from "../src/domain/archive/Finding.js"
import { answer, Reported } from "./Answer.js"

const mark: Record<Severity, string> = { ok: "ok  ", warn: "WARN", fail: "FAIL" }

const line = ({ code, fix, message, severity }: Finding): string =>
  [`${mark[severity]}  ${message} [${code}]`, ...(fix === undefined ? [] : [`      → ${fix}`])].join("\n")

const summary = (findings: ReadonlyArray<Finding>): string => {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length
  const failed = count("fail")
  const warned = count("warn")
  if (failed + warned === 0) return "All checks passed."
  return `${failed} failed, ${warned} ${warned === 1 ? "warning" : "warnings"}, ${count("ok")} passed.`
}

/** Prints the findings and fails with `Reported` if one has the status `failed`; warnings do not fail. */
export const report = (json: boolean, findings: ReadonlyArray<Finding>): Effect.Effect<void, Reported> =>
  Effect.zipRight(
    answer(json, { ok: !hasFailed(findings), findings }, () =>
      [...findings.map(line), "", summary(findings)].join("\n")
    ),
    hasFailed(findings) ? new Reported({ exitCode: exitCode.failed }) : Effect.void
  )
