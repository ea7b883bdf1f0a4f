import { expect, it } from "@effect/vitest"
import { Effect, type Layer, Option } from "effect"
import { describe } from "vitest"
import { initialValues } from "../../../src/domain/site/SiteValues.js"
import { SiteSettings, unchangedSettings } from "../../../src/services/SiteSettings.js"

/** Contract of SiteSettings. */
export const conforms = <E>(name: string, implementation: Layer.Layer<SiteSettings, E>) =>
  describe(`SiteSettings: ${name}`, () => {
    const test = <A, F>(title: string, effect: (settings: SiteSettings["Type"]) => Effect.Effect<A, F>) =>
      it.effect(title, () => Effect.provide(Effect.flatMap(SiteSettings, effect), implementation))

    const menu = { items: [{ label: "About", href: "/about" }] }

    test("a new site has chosen nothing", (settings) =>
      Effect.gen(function* () {
        expect(yield* settings.current).toEqual(unchangedSettings)
        expect(settings.known()).toEqual(unchangedSettings)
      }))

    test("a change is there at once, and leaves the other sections as they are", (settings) =>
      Effect.gen(function* () {
        const before = yield* settings.current
        const after = yield* settings.change("menu", 0, menu)
        expect(after.values).toEqual({ ...initialValues, menu })
        expect(after.revisions).toEqual({ ...before.revisions, menu: 1 })
        expect(after.revision).not.toBe(before.revision)
        expect(yield* settings.current).toBe(after)
        expect(settings.known()).toBe(after)
      }))

    test("a change that is based on an older state of its section is refused, and stores nothing", (settings) =>
      Effect.gen(function* () {
        const first = yield* settings.change("footer", 0, { text: "one" })
        const refused = yield* Effect.flip(settings.change("footer", 0, { text: "two" }))
        expect(refused).toMatchObject({ _tag: "SettingsConflict", section: "footer" })
        expect((yield* settings.current).values.footer.text).toBe("one")
        yield* settings.change("footer", first.revisions.footer, { text: "two" })
        expect((yield* settings.current).values.footer.text).toBe("two")
      }))

    test("of two changes at once of one section one is stored, and changes of two sections both are", (settings) =>
      Effect.gen(function* () {
        const change = (text: string) => Effect.option(settings.change("footer", 0, { text }))
        const outcomes = yield* Effect.all([change("a"), change("b"), settings.change("menu", 0, menu)], {
          concurrency: "unbounded"
        })
        expect(
          outcomes.slice(0, 2).filter((outcome) => Option.isOption(outcome) && Option.isSome(outcome)).length
        ).toBe(1)
        const { revisions, values } = yield* settings.current
        expect(revisions).toMatchObject({ footer: 1, menu: 1 })
        expect(values.menu).toEqual(menu)
      }))
  })
