import { Program } from "../program/Program.js"
import { Witness } from "./Witness.js"

/** `npm run faults -- --long` asks for many more rounds than CI has time for. */
export const isLong = process.env.STARPUNK_FAULTS === "long"

/** A fresh site with a token, and a witness of what happens to it. */
export const faultSite = async (settings: Readonly<Record<string, string>> = {}, name = "note") => {
  const program = await Program.create({ STARPUNK_RATE_LIMIT_ENABLED: "false", ...settings })
  const created = await program.run(["token", "create", "--scope", "create media"])
  if (created.code !== 0) throw new Error(`no token could be made:\n${created.stderr}`)
  return { program, witness: new Witness(program.url, created.stdout.trim(), name) }
}
