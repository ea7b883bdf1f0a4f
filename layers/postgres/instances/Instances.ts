import { hostname } from "node:os"
import { Clock, Deferred, Effect, Layer, Option, Schedule } from "effect"
import { SiteElsewhere } from "../../../src/errors/Startup.js"
import { annotateJob } from "../../../src/services/Correlation.js"
import { type Instance, Instances } from "../../../src/services/Instances.js"
import { Logger } from "../../../src/services/Logger.js"
import { SecureRandom } from "../../../src/services/SecureRandom.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import { differingSettings } from "../../../src/settings/SharedSettings.js"
import type { ConnectionOptions } from "../pool/Connecting.js"
import { enter, type Member, type Membership, settingsHashes } from "./Membership.js"

/** Interval at which an instance looks at the others and tries to take the lead, and at which it connects again. */
const interval = "1 second"

/**
 * The instances of a site on one database. Each keeps one connection, which holds a lock for it; the one that holds the
 * leader's lock does the background work. A connection that ends takes its locks with it, so another instance leads within
 * two seconds. An instance without a connection does no background work.
 */
export const layer = (
  options: Omit<ConnectionOptions, "role" | "create">,
  settings: SettingsValues
): Layer.Layer<never, never, Logger | SecureRandom> =>
  Layer.scoped(
    Instances,
    Effect.gen(function* () {
      const log = (yield* Logger).named("starpunk.instances")
      const random = yield* SecureRandom
      const name = Option.getOrElse(settings.instance, () => `${hostname()}:${process.pid}`)
      const own = settingsHashes(settings)
      const started = yield* Effect.makeLatch(false)
      const leading = yield* Effect.makeLatch(false)
      const following = yield* Effect.makeLatch(true)
      const admitted = yield* Deferred.make<void, SiteElsewhere>()
      let isAdmitted = false
      let leads = false
      let others: ReadonlyArray<Instance> = []
      let clockAhead = 0
      let lastReported = ""

      const lead = (does: boolean) =>
        Effect.gen(function* () {
          if (leads === does) return
          leads = does
          yield* does ? Effect.zipRight(following.close, leading.open) : Effect.zipRight(leading.close, following.open)
          if (does) yield* log.info("This instance does the background work", { instance: name })
        })

      /** Refuses to serve another site beside instances that came first. */
      const refuseOtherSite = (id: number, members: ReadonlyArray<Member>) => {
        const stranger = members.find((member) => member.id < id && member.siteUrl !== settings.siteUrl)
        return stranger === undefined
          ? Effect.void
          : new SiteElsewhere({ instance: stranger.name, siteUrl: stranger.siteUrl })
      }

      const report = Effect.gen(function* () {
        const differing = others.filter((instance) => instance.differing.length > 0)
        const leader = leads ? name : others.find((instance) => instance.leads)?.name
        const state = JSON.stringify([others.map(({ differing, name }) => [name, differing]), leader])
        if (state === lastReported) return
        lastReported = state
        if (others.length > 0 || leader !== name) {
          yield* log.info("Instances of this site", {
            instance: name,
            others: others.map((instance) => instance.name),
            leader
          })
        }
        for (const { differing: names, name: other } of differing) {
          yield* log.warning("Another instance has other settings", {
            instance: name,
            other,
            settings: names,
            suggestion: "Give all instances the same settings, and restart them one after the other"
          })
        }
      })

      const round = ({ id, members: read, takeLead, tidy }: Membership) =>
        Effect.gen(function* () {
          if (!leads && isAdmitted && (yield* takeLead)) {
            yield* lead(true)
            yield* tidy
          }
          const { clock, members } = yield* read
          clockAhead = clock - (yield* Clock.currentTimeMillis)
          others = members.flatMap((member) =>
            member.id === id
              ? []
              : [
                  {
                    name: member.name,
                    version: member.version,
                    leads: member.leads,
                    differing: differingSettings(own, member.settings)
                  }
                ]
          )
          if (!isAdmitted) yield* Deferred.complete(admitted, refuseOtherSite(id, members))
          isAdmitted ||= yield* Effect.isSuccess(refuseOtherSite(id, members))
          yield* report
        })

      const session = Effect.gen(function* () {
        const membership = yield* enter(options, name, settings)
        yield* round(membership)
        yield* Effect.raceFirst(Effect.repeat(round(membership), Schedule.spaced(interval)), membership.lost)
      }).pipe(
        // Before the connection is closed, from when on another instance may lead.
        Effect.ensuring(lead(false)),
        Effect.scoped,
        Effect.catchAll((error) =>
          log.warning("Connection to the other instances lost: no background work here until it is back", {
            instance: name,
            error
          })
        ),
        annotateJob("instances"),
        Effect.provideService(SecureRandom, random)
      )
      yield* started.await.pipe(Effect.zipRight(Effect.repeat(session, Schedule.spaced(interval))), Effect.forkScoped)

      return {
        name,
        join: Effect.zipRight(started.open, Deferred.await(admitted)),
        whileLeading: <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A | undefined, E, R> =>
          Effect.zipRight(leading.await, Effect.raceFirst(work, Effect.as(following.await, undefined))),
        count: () => others.length + 1,
        others: () => others,
        clockAhead: () => clockAhead,
        leads: () => leads
      }
    })
  )
