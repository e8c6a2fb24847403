package dev.breakwater.server;

import dev.breakwater.kernel.crypto.InstallationKey;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.server.config.Configuration;
import io.micrometer.core.instrument.MeterRegistry;

/** What every capability is built on; the schemas are up to date, the notifications not yet listened to. */
record Foundation(
        Configuration configuration,
        TimeSource time,
        Ids ids,
        Database database,
        Notifications notifications,
        InstallationKey key,
        MeterRegistry metrics) {}
