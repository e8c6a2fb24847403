package dev.breakwater.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.breakwater.server.config.Configuration;
import dev.breakwater.server.config.LogFormat;
import dev.breakwater.server.config.LogLevel;
import dev.breakwater.server.config.Settings;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets up the log: all lines to standard error, for people or as JSON. Logback finds this class as a service when the
 * first line is logged; until the settings are known, only warnings appear. It replaces Logback's search for XML files,
 * which costs a tenth of a second at every start.
 */
public final class Logging extends ContextAwareBase implements Configurator {

    /** Libraries that say at INFO what only matters to somebody who debugs them. */
    private static final Map<String, Level> QUIET = Map.of(
            "com.zaxxer.hikari", Level.WARN,
            "com.github.kagkarlsson", Level.WARN,
            "org.flywaydb", Level.WARN,
            "io.helidon", Level.WARN,
            // The reason why a port can't be had is shown by ourselves, without a stack trace.
            "io.helidon.webserver.LoomServer", Level.OFF,
            "org.postgresql", Level.WARN,
            "org.apache.hc", Level.WARN);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        configure(context, LogFormat.TEXT, Level.WARN);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Applies {@code log.level} and {@code log.format}. */
    public static void apply(Configuration configuration) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LogLevel level = configuration.get(Settings.LOG_LEVEL);
        configure(context, configuration.get(Settings.LOG_FORMAT), Level.valueOf(level.name()));
    }

    private static void configure(LoggerContext context, LogFormat format, Level level) {
        context.reset();
        // Lines that java.util.logging would drop must not be formatted for us either.
        LevelChangePropagator propagator = new LevelChangePropagator();
        propagator.setContext(context);
        propagator.start();
        context.addListener(propagator);

        Encoder<ILoggingEvent> encoder = switch (format) {
            case TEXT -> text();
            case JSON -> new JsonEncoder();
        };
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();

        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(console);
        if (level.isGreaterOrEqual(Level.INFO)) {
            QUIET.forEach(
                    (name, least) -> context.getLogger(name).setLevel(least.isGreaterOrEqual(level) ? least : level));
        }
    }

    private static PatternLayoutEncoder text() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n");
        return encoder;
    }
}
