package dev.breakwater.acceptance.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a server of its own, with a database and a clock of its own, and each of its tests an
 * organization and a receiver of its own. They are passed to the constructor or to test methods: {@link TestServer},
 * {@link Organization}, {@link Receiver}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ServerExtension.class)
public @interface WithServer {

    /** Settings that differ from those of {@link TestServer}, each as {@code key=value}. */
    String[] settings() default {};
}
