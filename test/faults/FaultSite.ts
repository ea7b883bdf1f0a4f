import { Program } from "../program/Program.js"
import { Witness } from "./Witness.js"

/** Many more rounds than CI has time for: `npm run faults -- --long`. */
export const isLong = process.env.STARPUNK_FAULTS === "long"

/** In CI each fault is caused, at a subset of the places and moments of a complete run. */
export const isBrief = process.env.STARPUNK_FAULTS === "brief"

const healthToken = "health-token-of-the-fault-suite-0123456789"

/** A site, and a witness of its behaviour. */
export interface FaultSite {
  readonly program: Program
  readonly witness: Witness
}

/** A new site with a token, and a witness of its behaviour. */
export const faultSite = async (settings: Readonly<Record<string, string>> = {}, name = "note"): Promise<FaultSite> => {
  const program = await Program.create({
    STARPUNK_RATE_LIMIT_ENABLED: "false",
    STARPUNK_HEALTH_TOKEN: healthToken,
    ...settings
  })
  const created = await program.run(["token", "create", "--scope", "create media"])
  if (created.code !== 0) {
    await program.dispose()
    throw new Error(`no token could be made:\n${created.stderr}`)
  }
  return { program, witness: new Witness(program.url, created.stdout.trim(), name, healthToken) }
}
