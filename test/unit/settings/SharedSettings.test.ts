import { Duration } from "effect"
import { expect, it } from "vitest"
import { differingSettings, ownSettings, sharedSettings } from "../../../src/settings/SharedSettings.js"
import { defaultValues, table } from "../../../src/settings/Table.js"

const values = defaultValues({ cores: 1 })

it("settings of one machine are settings", () => {
  const names = new Set(table.map(({ name }) => name))
  expect([...ownSettings].filter((name) => !names.has(name))).toEqual([])
})

it("what instances must share is compared, and what belongs to one is not", () => {
  const here = sharedSettings(values)
  const there = sharedSettings({
    ...values,
    port: 1,
    database: { ...values.database, readers: 7 },
    session: { ...values.session, idleTimeout: Duration.hours(1) }
  })
  expect(differingSettings(here, there)).toEqual(["STARPUNK_SESSION_TIMEOUT"])
})

it("a setting that the other version does not have is no difference", () => {
  expect(differingSettings({ STARPUNK_NEW: "1", STARPUNK_OLD: "1" }, { STARPUNK_OLD: "1" })).toEqual([])
})
