import { relative } from "node:path"
import type { Reporter, TestCase } from "vitest/node"

/** Lists the tests that passed only when repeated, at the end of a run. */
export default class Retries implements Reporter {
  readonly #retried: Array<string> = []

  onTestCaseResult(test: TestCase): void {
    const count = test.diagnostic()?.retryCount ?? 0
    if (count > 0)
      this.#retried.push(
        `${test.result().state} after ${count}: ${relative(process.cwd(), test.module.moduleId)} > ${test.fullName}`
      )
  }

  onTestRunEnd(): void {
    if (this.#retried.length === 0) return
    process.stderr.write(
      `\nRetried tests (${this.#retried.length}):\n${this.#retried.map((line) => `  ${line}\n`).join("")}`
    )
  }
}
