package dev.onda.studio;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What the server has to say goes to standard error, as everything else that is no result. Set up here and not in XML, whose reading
 * takes a fifth of the studio's start.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("onda: %level: %msg%n%ex{20}");
        encoder.start();
        ConsoleAppender<ILoggingEvent> terminal = new ConsoleAppender<>();
        terminal.setContext(context);
        terminal.setTarget(ConsoleTarget.SystemErr.getName());
        terminal.setEncoder(encoder);
        terminal.start();
        Logger all = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        all.setLevel(Level.WARN);
        all.addAppender(terminal);
        // A port that is taken is said by the studio itself, once.
        context.getLogger("io.javalin.Javalin").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
