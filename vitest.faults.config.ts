import { defineConfig } from "vitest/config"
import tests from "./vitest.config.js"

/** The fault suite: every fault caused for real, one at a time, against the shipped bundle in processes of its own. */
export default defineConfig({
  ...tests,
  test: { include: ["test/faults/*.fault.ts"], testTimeout: 600_000, fileParallelism: false, reporters: ["verbose"] }
})
