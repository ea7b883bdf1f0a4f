import { Command } from "@effect/cli"
import { Effect } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { Doctor } from "../../src/services/Doctor.js"
import { json } from "../Answer.js"
import { report } from "../Findings.js"
import { withProgress } from "../Progress.js"

/** `starpunk doctor`. */
export const doctor = Command.make("doctor", { json }, ({ json }) =>
  Effect.gen(function* () {
    const doctor = yield* Doctor
    yield* report(json, yield* withProgress(doctor.examine))
  }).pipe(Effect.provide(Maintenance.doctor))
).pipe(Command.withDescription("Checks everything the site depends on, and prints the command that fixes each problem"))
